using KommoFunctions.Local.Surroundings;
using Spectre.Console;

namespace KommoFunctions.Local.Demo;

/// <summary>Runs the loop once from hook to task and note, in surroundings of its own, and judges the result by what the simulator holds.</summary>
internal static class DemoCommand
{
    /// <summary>Kommo repeats a hook after 5, 15, 15 and 60 minutes; the demo has seconds instead.</summary>
    private const double HookTimeScale = 1.0 / 60;

    public static async Task<int> RunAsync(DemoOptions options, CancellationToken cancellationToken)
    {
        var around = new SurroundingsOptions
        {
            HookTimeScale = HookTimeScale,
            DuplicateHooks = options.DuplicateHooks,
            CountStorage = true,
        }.OnFreePorts();
        var progress = new ConsoleProgress();
        await using var surroundings = await LocalSurroundings.StartAsync(around, progress, cancellationToken);
        progress.Report("Connecting the Kommo account");
        await Seeding.EnsureConnectedAsync(surroundings, cancellationToken);
        progress.Report("Starting the app in a process of its own");
        var run = new DemoRun(options, surroundings);
        var result = await run.RunAsync(cancellationToken);
        DemoReport.Print(AnsiConsole.Console, options, result);
        return result.IsRight ? 0 : Guarded.Failed;
    }
}
