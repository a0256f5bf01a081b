using KommoFunctions.Chaos;

namespace KommoFunctions.EndToEnd.Tests;

public sealed class ChaosTests
{
    /// <summary>The short form of the run in <c>bench/</c>: processes die while storage, the vault and Kommo fail, then everything is counted.</summary>
    [Fact]
    public async Task What_was_acknowledged_is_done_once_whatever_fails_meanwhile()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(6), TimeProvider.System);

        var result = await new ChaosRun(new ChaosOptions { Accounts = 2, Leads = 80, Kills = 6, Seed = 1 }, TextWriter.Null).RunAsync(timeout.Token);

        Assert.True(result.IsRight, $"{result}");
    }
}
