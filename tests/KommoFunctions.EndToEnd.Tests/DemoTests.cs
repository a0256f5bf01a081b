using KommoFunctions.EndToEnd.Tests.Framework;

namespace KommoFunctions.EndToEnd.Tests;

/// <summary>The demo judges itself by what the simulator holds: exit code 0 means each lead has exactly one task and one note.</summary>
public sealed class DemoTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Every_lead_gets_one_task_and_one_note() => await RunAsync("--leads", "60");

    [Fact]
    public async Task A_hook_that_is_delivered_twice_acts_once()
    {
        var output = await RunAsync("--leads", "40", "--duplicate-hooks");
        Assert.Matches(@"Duplicates dropped\s+│\s+40", output);
    }

    [Fact]
    public async Task Killing_the_app_half_way_loses_nothing_and_doubles_nothing() =>
        await RunAsync("--leads", "80", "--restart", "--duplicate-hooks");

    [Fact]
    public async Task The_table_tells_what_happened()
    {
        var output = await RunAsync("--leads", "5");
        Assert.All(
            [
                "Hooks sent", "Hooks acknowledged", "First acknowledgement", "Slowest acknowledgement", "Events", "Duplicates dropped", "Tasks made",
                "Requests to Kommo", "Answers 429", "Busiest 1-second window", "Lost", "Storage round trips", "Vault round trips",
            ],
            line => Assert.Contains(line, output, StringComparison.Ordinal));
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        await using var demo = LocalProcess.Start(null, ["demo", .. arguments]);
        var exitCode = await demo.WaitForExitAsync(Patience);
        Assert.True(exitCode == 0, $"Exit code {exitCode}\n{demo.Output}\n{demo.Errors}");
        return demo.Output;
    }
}
