using System.CommandLine;
using System.Text.Json;
using KommoFunctions.Receiver;

var root = new RootCommand("What Kommo sees of the app's requests: never an eighth arrival in any second, whatever is slow, new, busy or wrong.");

var storage = new Option<string?>("--storage") { Description = "A storage account's connection string; an Azurite of its own by default" };
var seconds = new Option<int>("--seconds") { Description = "How long each scenario calls", DefaultValueFactory = _ => 8 };
var all = new Command("all", "Every two circumstances together at least once.") { storage, seconds };
all.SetAction((result, token) => RunAsync(Scenario.Pairwise(), result.GetValue(storage), result.GetValue(seconds), token));
root.Subcommands.Add(all);

var brief = new Command("short", "One scenario: two cold processes, slow connections that are closed at random, bursts.") { storage, seconds };
brief.SetAction((result, token) => RunAsync([Scenario.Short], result.GetValue(storage), result.GetValue(seconds), token));
root.Subcommands.Add(brief);

var worker = new Command("worker") { Hidden = true };
worker.SetAction((_, token) => Worker.RunAsync(
    JsonSerializer.Deserialize<WorkerPlan>(Environment.GetEnvironmentVariable("RECEIVER_BENCH_PLAN")!)!, token));
root.Subcommands.Add(worker);

return await root.Parse(args).InvokeAsync();

static async Task<int> RunAsync(IReadOnlyList<Scenario> scenarios, string? storage, int seconds, CancellationToken cancellationToken)
{
    await using var environment = await BenchEnvironment.StartAsync(storage, cancellationToken);
    var wrong = 0;
    for (var i = 0; i < scenarios.Count; i++)
    {
        var result = await ScenarioRun.RunAsync(environment, scenarios[i], TimeSpan.FromSeconds(seconds), cancellationToken);
        wrong += result.IsGood ? 0 : 1;
        Console.WriteLine($"[{i + 1}/{scenarios.Count}] {result}");
    }

    Console.WriteLine(wrong == 0 ? "Never an eighth arrival in any second." : $"{wrong} of {scenarios.Count} scenarios went wrong.");
    return wrong == 0 ? 0 : 1;
}
