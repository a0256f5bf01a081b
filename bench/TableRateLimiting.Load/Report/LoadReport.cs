using System.Text;
using TableRateLimiting.Load.Idle;
using TableRateLimiting.Load.Results;

namespace TableRateLimiting.Load.Report;

/// <summary>The report that is kept beside the load run: each figure with its target. Numbers are written in the invariant culture, the only one of this program.</summary>
internal static class LoadReport
{
    public static string Write(
        MachineFacts facts, IReadOnlyList<LoadRow> rows, IReadOnlyList<IdleStep> idle, string command)
    {
        var text = new StringBuilder();
        void Line(string line) => text.Append(line).Append('\n');

        Line("# Load report of TableRateLimiting");
        Line("");
        Line($"Written by `{command}`; what the columns mean and how each is measured: [bench/README.md](../README.md).");
        Line("");
        Line("| | |");
        Line("|---|---|");
        Line($"| Date | {facts.Date} |");
        Line($"| Commit | {facts.Commit} |");
        Line($"| Machine | {facts.Processor}; {facts.Memory}; {facts.System} |");
        Line($"| Runtime | {facts.Runtime} |");
        Line($"| Table service | {facts.Azurite} |");
        if (facts.Load is { } load)
        {
            Line($"| Load average before | {load} |");
        }

        Line("");
        Line("All processes, storage and receiver included, ran on this one machine. The target is in brackets; **bold** is a target missed.");
        WriteRows(Line, "Steady load", rows.Where(row => row.Plan.KillEverySeconds == 0 && row.Plan.SkewSeconds == 0));
        WriteRows(Line, "The same with wrong clocks", rows.Where(row => row.Plan.KillEverySeconds == 0 && row.Plan.SkewSeconds != 0));
        WriteKills(Line, rows.Where(row => row.Plan.KillEverySeconds > 0));
        WriteIdle(Line, idle);
        Line("");
        Line("## To repeat it");
        Line("");
        Line("The whole report, from the repository's root, on a machine that does nothing else:");
        Line("");
        Line($"    {command}");
        Line("");
        Line("One row:");
        Line("");
        foreach (var row in rows)
        {
            Line($"    {row.Command}");
        }

        return text.ToString();
    }

    private static void WriteRows(Action<string> line, string title, IEnumerable<LoadRow> rows)
    {
        line("");
        line($"## {title}");
        line("");
        line("| Processes | Added latency, ms | Clocks off by, s | Rate of 7/s | Busiest 1-s window | Trips per permit | Conflicts per permit | Smallest / largest share | Wait p50 / p99, s | Travel p99 / longest, ms | Closest cycle, ms |");
        line("|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var ((plan, result, _), targets) in rows.Select(row => (row, row.Plan.Targets)))
        {
            var clocks = plan.SkewSeconds == 0 ? "0" : $"± {plan.SkewSeconds:0}";
            line($"| {plan.Processes} | {Latency(plan.LatencyMilliseconds, plan.Spread)} | {clocks} | {Rate(result, targets)} | {Busiest(result)} | {Trips(result, targets)} | {result.ConflictsPerPermit:0.00} | {Share(result, targets)} | {result.MedianWait:0.00} / {result.LongWait:0.00} | {result.LongTravel * 1000:0.0} / {result.LongestTravel * 1000:0.0} | {result.ClosestCycle * 1000:0} |");
        }
    }

    private static void WriteKills(Action<string> line, IEnumerable<LoadRow> rows)
    {
        line("");
        line("## Processes killed and started all through the run");
        line("");
        line("| Processes | Added latency, ms | A kill every | Busiest 1-s window | Longest recovery | Kills measured | Longest gap | Rate of 7/s | Trips per permit |");
        line("|---|---|---|---|---|---|---|---|---|");
        foreach (var ((plan, result, _), targets) in rows.Select(row => (row, row.Plan.Targets)))
        {
            var recovery = result.LongestRecovery is { } longest ? $"{longest:0.00} s" : "not measured";
            var cell = Cell(recovery, targets.MostRecoverySeconds is { } most ? $"≤ {most:0.#} s" : null, result.LongestRecovery <= targets.MostRecoverySeconds);
            line($"| {plan.Processes} | {Latency(plan.LatencyMilliseconds, plan.Spread)} | {plan.KillEverySeconds:0.#} s | {Busiest(result)} | {cell} | {result.Recoveries!.Count} | {result.LongestGap:0.00} s | {Rate(result, targets)} | {Trips(result, targets)} |");
        }
    }

    private static void WriteIdle(Action<string> line, IReadOnlyList<IdleStep> steps)
    {
        line("");
        line("## After idleness");
        line("");
        line("| | Table requests for one permit | Its wait | First to last arrival of a burst of 7 | Table requests for the burst | Table requests while idle |");
        line("|---|---|---|---|---|---|");
        foreach (var step in steps)
        {
            var aimed = step.IdleSeconds is not null;
            var single = Cell($"{step.Single.Requests}", aimed ? $"≤ {IdlePlan.MostRequests}" : null, !aimed || step.Single.Requests <= IdlePlan.MostRequests);
            var spread = Cell($"{step.BurstSpread * 1000:0.0} ms", aimed ? $"≤ {IdlePlan.MostSpread * 1000:0} ms" : null, !aimed || step.BurstSpread <= IdlePlan.MostSpread);
            line($"| {IdleText.When(step)} | {single} | {step.SingleWait * 1000:0} ms | {spread} | {step.Burst.Requests} | {step.WhileIdle.Requests} |");
        }
    }

    private static string Latency(double milliseconds, double spread) => milliseconds == 0
        ? "0"
        : $"{milliseconds:0.#} ± {spread * 100:0} %";

    private static string Rate(LoadResult result, Targets targets) =>
        Cell($"{result.Rate * 100:0.0} %", targets.LeastRate is { } least ? $"≥ {least * 100:0} %" : null, !(result.Rate < targets.LeastRate));

    private static string Busiest(LoadResult result) =>
        Cell($"{result.BusiestOfAll}", $"≤ {Targets.PermitLimit}", result.BusiestOfAll <= Targets.PermitLimit);

    private static string Trips(LoadResult result, Targets targets) =>
        Cell($"{result.TripsPerPermit:0.00}", targets.MostTrips is { } most ? $"≤ {most:0.##}" : null, !(result.TripsPerPermit > targets.MostTrips));

    private static string Share(LoadResult result, Targets targets) =>
        Cell($"{result.Share:0.00}", targets.LeastShare is { } least ? $"≥ {least:0.##}" : null, !(result.Share < targets.LeastShare));

    private static string Cell(string value, string? target, bool reached) =>
        (reached ? value : $"**{value}**") + (target is null ? "" : $" ({target})");
}
