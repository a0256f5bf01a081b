using System.CommandLine;
using System.Globalization;
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
        command.SetAction((parsed, token) =>
        {
            var changes = string.Concat(parsed.Tokens.Skip(1).Select(word => " " + word.Value));
            return RunAsync(
                scenario => scenario.Plan with { Seconds = parsed.GetValue(seconds), WarmUpSeconds = parsed.GetValue(warmUp), Options = parsed.GetValue(option)! },
                new IdlePlan { IdleSeconds = parsed.GetValue(idle)!, Options = parsed.GetValue(option)! },
                parsed.GetValue(report) ?? Path.Combine(RepositoryRoot.Find(), "bench", "TableRateLimiting.Load", "REPORT.md"),
                $"{Program} all{changes}",
                token);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        Func<Scenario, LoadPlan> plan, IdlePlan idlePlan, string file, string command, CancellationToken cancellationToken)
    {
        var facts = await MachineFacts.ReadAsync(cancellationToken);
        var rows = new List<LoadRow>();
        var skewed = Scenarios.Table.Select(scenario => scenario with { Plan = scenario.Plan with { SkewSeconds = SkewSeconds } });
        foreach (var scenario in (IEnumerable<Scenario>)[.. Scenarios.Table, .. skewed, Scenarios.Kills])
        {
            var skew = scenario.Plan.SkewSeconds == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" --skew {SkewSeconds}");
            Console.WriteLine($"{scenario.Name}{skew}");
            rows.Add(await RunAsync(plan(scenario), $"{Program} run --scenario {scenario.Name}{skew}", cancellationToken));
        }

        Console.WriteLine("idle");
        var idle = await new IdleRun(idlePlan, Console.Out).RunAsync(cancellationToken);
        await File.WriteAllTextAsync(file, LoadReport.Write(facts, rows, idle, command), cancellationToken);
        Console.WriteLine($"The report is in {file}.");

        string[] misses = [.. rows.SelectMany(row => row.Result.Misses(row.Plan.Targets)), .. idle.SelectMany(step => step.Misses())];
        Console.WriteLine(misses.Length == 0 ? "Every target is reached." : "Missed:");
        foreach (var miss in misses)
        {
            Console.WriteLine($"  {miss}.");
        }

        return misses.Length == 0 ? 0 : 1;
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
}
