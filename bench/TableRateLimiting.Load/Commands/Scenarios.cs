using TableRateLimiting.Load.Results;
using TableRateLimiting.Load.Running;

namespace TableRateLimiting.Load.Commands;

/// <summary>A run with a name, and what it must reach.</summary>
internal sealed record Scenario(string Name, LoadPlan Plan);

/// <summary>The runs behind the figures that the limiter is known by.</summary>
internal static class Scenarios
{
    public static IReadOnlyList<Scenario> Table { get; } =
    [
        new("p1", new LoadPlan { Processes = 1, Targets = new Targets(0.975, 0.3, 1) }),
        new("p4", new LoadPlan { Processes = 4, Targets = new Targets(0.975, 0.5, 0.9) }),
        new("p8", new LoadPlan { Processes = 8, LatencyMilliseconds = 10, Targets = new Targets(0.965, 0.7, 0.85) }),

        // A round of 128 callers takes 19 s.
        new("p32", new LoadPlan { Processes = 32, LatencyMilliseconds = 10, WarmUpSeconds = 45, Options = ["MaxWait=1min"], Targets = new Targets(0.93, 1, 0.75) }),
    ];

    /// <summary>
    /// Five seconds between kills: the rate is judged over 14 permits, two seconds' worth, so that there is room for two
    /// seconds of recovery and one whole stretch before the next kill.
    /// </summary>
    public static Scenario Kills { get; } = new(
        "kills",
        new LoadPlan { Processes = 8, LatencyMilliseconds = 10, KillEverySeconds = 5, Targets = new Targets(MostRecoverySeconds: 2) });

    public static IEnumerable<string> Names => All.Select(scenario => scenario.Name);

    private static IEnumerable<Scenario> All => [.. Table, Kills];

    public static Scenario Get(string name) => All.First(scenario => scenario.Name == name);
}
