using System.CommandLine;
using TableRateLimiting.Load.Idle;

namespace TableRateLimiting.Load.Commands;

/// <summary>What the first permits cost after a limiter was idle.</summary>
internal static class IdleCommand
{
    public static Command Create()
    {
        var idle = new Option<double[]>("--idle")
        {
            Description = "Idle times in seconds, one after the other",
            DefaultValueFactory = _ => [.. new IdlePlan().IdleSeconds],
            AllowMultipleArgumentsPerToken = true,
        };
        var latency = new Option<double>("--latency") { Description = "Added table latency in the mean, ms", DefaultValueFactory = _ => 10 };
        var option = CommonOptions.Limiter();
        var command = new Command("idle", "One permit, and a burst of 7, after a limiter was idle. Exit code 1 when a permit costs more than one request or the burst is spread out.")
        {
            idle, latency, option,
        };
        command.SetAction((parsed, token) => RunAsync(
            new IdlePlan { IdleSeconds = parsed.GetValue(idle)!, LatencyMilliseconds = parsed.GetValue(latency), Options = parsed.GetValue(option)! }, token));
        return command;
    }

    private static async Task<int> RunAsync(IdlePlan plan, CancellationToken cancellationToken)
    {
        var steps = await new IdleRun(plan, Console.Out).RunAsync(cancellationToken);
        var misses = steps.SelectMany(step => step.Misses()).ToList();
        foreach (var miss in misses)
        {
            Console.WriteLine($"  MISSED: {miss}.");
        }

        return misses.Count == 0 ? 0 : 1;
    }
}
