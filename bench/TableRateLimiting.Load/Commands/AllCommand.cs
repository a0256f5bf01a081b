using System.CommandLine;
using KommoFunctions.Emulators.Azurite;
using TableRateLimiting.Load.Idle;
using TableRateLimiting.Load.Report;
using TableRateLimiting.Load.Results;
using TableRateLimiting.Load.Running;

namespace TableRateLimiting.Load.Commands;

/// <summary>Every run behind the published figures, and the report of them.</summary>
internal static class AllCommand
{
    private const string Program = "dotnet run -c Release --project bench/TableRateLimiting.Load --";
    private const double SkewSeconds = 300;

    public static Command Create()
    {
        var seconds = CommonOptions.Seconds();
        var warmUp = CommonOptions.WarmUp();
        var option = CommonOptions.Limiter();
        var idle = new Option<double[]>("--idle")
        {
            Description = "Idle times in seconds",
            DefaultValueFactory = _ => [.. new IdlePlan().IdleSeconds],
            AllowMultipleArgumentsPerToken = true,
        };
        var report = new Option<string?>("--report") { Description = "Where the report goes (bench/TableRateLimiting.Load/REPORT.md)" };
        var command = new Command("all", "All runs of the report: the four rows, the same with wrong clocks, with kills, and after idleness. About 20 minutes.")
        {
            seconds, warmUp, option, idle, report,
        };
        command.SetAction((parsed, token) => RunAsync(
            new Run(
                parsed.GetValue(seconds),
                parsed.GetValue(warmUp),
                parsed.GetValue(option)!,
                new IdlePlan { IdleSeconds = parsed.GetValue(idle)!, Options = parsed.GetValue(option)! },
                parsed.GetValue(report) ?? Path.Combine(RepositoryRoot.Find(), "bench", "TableRateLimiting.Load", "REPORT.md")),
            token));
        return command;
    }

    private static async Task<int> RunAsync(Run run, CancellationToken cancellationToken)
    {
        var facts = await MachineFacts.ReadAsync(cancellationToken);
        var rows = new List<LoadRow>();
        var misses = new List<string>();
        var skewed = Scenarios.Table.Select(scenario => scenario with { Plan = scenario.Plan with { SkewSeconds = SkewSeconds } });
        foreach (var scenario in (IEnumerable<Scenario>)[.. Scenarios.Table, .. skewed, Scenarios.Kills])
        {
            var name = scenario.Name + (scenario.Plan.SkewSeconds == 0 ? "" : $" --skew {SkewSeconds}");
            Console.WriteLine(name);
            var row = await RunAsync(run.Apply(scenario.Plan), $"{Program} run --scenario {name}{run.Changes}", cancellationToken);
            rows.Add(row);
            misses.AddRange(row.Result.Misses(row.Plan.Targets).Select(miss => $"{name}: {miss}"));
        }

        Console.WriteLine("idle");
        var idle = await new IdleRun(run.Idle, Console.Out).RunAsync(cancellationToken);
        misses.AddRange(idle.SelectMany(step => step.Misses()).Select(miss => $"idle: {miss}"));
        await File.WriteAllTextAsync(run.Report, LoadReport.Write(facts, rows, idle, $"{Program} all{run.Changes}"), cancellationToken);
        Console.WriteLine($"The report is in {run.Report}.");
        Console.WriteLine(misses.Count == 0 ? "Every target is reached." : "Missed:");
        foreach (var miss in misses)
        {
            Console.WriteLine($"  {miss}.");
        }

        return misses.Count == 0 ? 0 : 1;
    }

    private static async Task<LoadRow> RunAsync(LoadPlan plan, string command, CancellationToken cancellationToken)
    {
        var result = await new LoadRun(plan, Console.Out).RunAsync(cancellationToken);
        foreach (var line in ResultText.Of(result, plan.Targets))
        {
            Console.WriteLine(line);
        }

        return new LoadRow(plan, result, command);
    }

    private sealed record Run(double Seconds, double? WarmUpSeconds, IReadOnlyList<string> Options, IdlePlan Idle, string Report)
    {
        /// <summary>What is not as it is by default, as it reads on the command line.</summary>
        public string Changes { get; } =
            (Seconds == LoadPlan.DefaultSeconds ? "" : $" --seconds {Seconds}")
            + (WarmUpSeconds is { } warmUp ? $" --warm-up {warmUp}" : "")
            + string.Concat(Options.Select(option => $" --option {option}"));

        public LoadPlan Apply(LoadPlan plan) => plan with { Seconds = Seconds, WarmUpSeconds = WarmUpSeconds ?? plan.WarmUpSeconds, Options = [.. plan.Options, .. Options] };
    }
}
