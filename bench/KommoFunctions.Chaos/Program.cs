using System.CommandLine;
using KommoFunctions.Chaos;

var accounts = new Option<int>("--accounts") { Description = "How many Kommo accounts", DefaultValueFactory = _ => 3 };
var leads = new Option<int>("--leads") { Description = "How many leads in all, each with a hook, a task and a note", DefaultValueFactory = _ => 3000 };
var processes = new Option<int>("--processes") { Description = "How many app processes", DefaultValueFactory = _ => 3 };
var kills = new Option<int>("--kills") { Description = "How many of them are killed (SIGKILL) and started anew", DefaultValueFactory = _ => 100 };
var seed = new Option<int?>("--seed") { Description = "Repeats a run's choices: which process dies when, and what fails when" };
var inDoubt = new Option<string?>("--in-doubt") { Description = "What the app does with a creation whose answer was lost: check (its default), repeat, or set-aside" };
inDoubt.AcceptOnlyFromAmong("check", "repeat", "set-aside");
var log = new Option<string?>("--log") { Description = "A file for what the app's processes print" };
var root = new RootCommand(
    "Publish, then verify: app processes over one storage, killed at random, while storage, the vault and Kommo fail; then everything is counted.")
{
    accounts, leads, processes, kills, seed, inDoubt, log,
};
root.SetAction(async (result, token) =>
{
    var options = new ChaosOptions
    {
        Accounts = result.GetValue(accounts),
        Leads = result.GetValue(leads),
        Processes = result.GetValue(processes),
        Kills = result.GetValue(kills),
        Seed = result.GetValue(seed) ?? Random.Shared.Next(1, 1_000_000),
        InDoubt = result.GetValue(inDoubt) is { } mode ? Enum.Parse<InDoubtMode>(mode.Replace("-", "", StringComparison.Ordinal), ignoreCase: true) : null,
        LogFile = result.GetValue(log),
    };
    var outcome = await new ChaosRun(options, Console.Out).RunAsync(token);
    outcome.Print(Console.Out);
    return outcome.IsRight ? 0 : 1;
});
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) });
