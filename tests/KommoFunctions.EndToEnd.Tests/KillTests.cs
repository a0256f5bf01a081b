using KommoFunctions.Intake.Load;

namespace KommoFunctions.EndToEnd.Tests;

public sealed class KillTests
{
    /// <summary>The short form of the run in <c>bench/</c>: a client that remembers what was acknowledged, and SIGKILLs at random moments.</summary>
    [Fact]
    public async Task An_acknowledged_hook_is_in_the_queue_whenever_the_host_is_killed()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(4), TimeProvider.System);

        var result = await KillRun.RunAsync(5, TextWriter.Null, timeout.Token);

        Assert.True(result.Acknowledged > 0 && result.Broken > 0, $"{result}: the kills met nothing");
        Assert.Equal(0, result.Lost);
    }
}
