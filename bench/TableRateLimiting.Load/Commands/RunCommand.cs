using System.CommandLine;
using TableRateLimiting.Load.Results;
using TableRateLimiting.Load.Running;

namespace TableRateLimiting.Load.Commands;

/// <summary>One run, put together on the command line.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var scenario = new Option<string?>("--scenario") { Description = "Processes, latency and targets of one row of the table: " + string.Join(", ", Scenarios.Names) };
        scenario.AcceptOnlyFromAmong([.. Scenarios.Names]);
        var processes = new Option<int?>("--processes") { Description = "Worker processes (4)" };
        var callers = new Option<int>("--callers") { Description = "Concurrent callers in each process", DefaultValueFactory = _ => 4 };
        var latency = new Option<double?>("--latency") { Description = "Added table latency in the mean, ms (0)" };
        var spread = new Option<double>("--spread") { Description = "How far each half of the latency may be off its mean, 0 to 1", DefaultValueFactory = _ => 0.5 };
        var seconds = CommonOptions.Seconds();
        var warmUp = CommonOptions.WarmUp();
        var skew = new Option<double>("--skew") { Description = "Seconds by which the processes' clocks are wrong, in turn ahead and behind" };
        var killEvery = new Option<double?>("--kill-every") { Description = "Kill a random process (SIGKILL) every so many seconds and start another" };
        var option = CommonOptions.Limiter();
        var arrivals = new Option<string?>("--arrivals") { Description = "Write the arrivals to this file (seconds, process, seconds waited, seconds travelled)" };
        var leastRate = new Option<double?>("--least-rate") { Description = "Target: % of 7/s" };
        var mostTrips = new Option<double?>("--most-trips") { Description = "Target: storage trips per permit" };
        var leastShare = new Option<double?>("--least-share") { Description = "Target: smallest / largest share" };
        var mostRecovery = new Option<double?>("--most-recovery") { Description = "Target: seconds until the rate is back after a kill" };
        var command = new Command("run", "One load run. Exit code 1 when a target is missed; that of 7 in any window always holds.")
        {
            scenario, processes, callers, latency, spread, seconds, warmUp, skew, killEvery, option, arrivals, leastRate, mostTrips, leastShare, mostRecovery,
        };
        command.SetAction((parsed, token) =>
        {
            var plan = parsed.GetValue(scenario) is { } name ? Scenarios.Get(name).Plan : new LoadPlan { Processes = 4 };
            return RunAsync(
                plan with
                {
                    Processes = parsed.GetValue(processes) ?? plan.Processes,
                    Callers = parsed.GetValue(callers),
                    LatencyMilliseconds = parsed.GetValue(latency) ?? plan.LatencyMilliseconds,
                    Spread = parsed.GetValue(spread),
                    Seconds = parsed.GetValue(seconds),
                    WarmUpSeconds = parsed.GetValue(warmUp) ?? plan.WarmUpSeconds,
                    SkewSeconds = parsed.GetValue(skew),
                    KillEverySeconds = parsed.GetValue(killEvery) ?? plan.KillEverySeconds,
                    Options = [.. plan.Options, .. parsed.GetValue(option)!],
                    ArrivalsFile = parsed.GetValue(arrivals),
                    Targets = new Targets(
                        parsed.GetValue(leastRate) / 100 ?? plan.Targets.LeastRate,
                        parsed.GetValue(mostTrips) ?? plan.Targets.MostTrips,
                        parsed.GetValue(leastShare) ?? plan.Targets.LeastShare,
                        parsed.GetValue(mostRecovery) ?? plan.Targets.MostRecoverySeconds),
                },
                token);
        });
        return command;
    }

    private static async Task<int> RunAsync(LoadPlan plan, CancellationToken cancellationToken)
    {
        var result = await new LoadRun(plan, Console.Out).RunAsync(cancellationToken);
        foreach (var line in ResultText.Of(result, plan.Targets))
        {
            Console.WriteLine(line);
        }

        return result.Misses(plan.Targets).Count == 0 ? 0 : 1;
    }
}
