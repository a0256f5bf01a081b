using System.CommandLine;
using KommoFunctions.Tokens.Load;

var root = new RootCommand("What becomes of tokens when processes are killed, storage fails, and there are many of them.");

var times = new Option<int>("--times") { Description = "How many processes are killed at each moment, for each of Kommo's two ways", DefaultValueFactory = _ => 10 };
var kill = new Command("kill", "Kills processes (SIGKILL) at every step of a rotation and counts the accounts that are lost.") { times };
kill.SetAction((result, token) => Report.KillAsync(result.GetValue(times), Console.Out, token));
root.Subcommands.Add(kill);

var rotations = new Option<int>("--rotations") { Description = "How many rotations are measured", DefaultValueFactory = _ => 200 };
var window = new Command("window", "Measures how long a new pair exists before it is durable.") { rotations };
window.SetAction((result, token) => Report.WindowAsync(result.GetValue(rotations), Console.Out, token));
root.Subcommands.Add(window);

var processes = new Option<int>("--processes") { Description = "How many processes", DefaultValueFactory = _ => 8 };
var rounds = new Option<int>("--rounds") { Description = "How many rounds, with and without trouble", DefaultValueFactory = _ => 10 };
var instant = new Command("instant", "Lets processes call Kommo at the same instant for an account whose token is over.") { processes, rounds };
instant.SetAction((result, token) => Report.InstantAsync(result.GetValue(processes), result.GetValue(rounds), Console.Out, token));
root.Subcommands.Add(instant);

var accounts = new Option<int>("--accounts") { Description = "How many accounts", DefaultValueFactory = _ => 10_000 };
var day = new Command("day", "A day of timer ticks over many accounts: what it asks of the vault and of table storage.") { accounts };
day.SetAction((result, token) => Report.DayAsync(result.GetValue(accounts), Console.Out, token));
root.Subcommands.Add(day);

var account = new Option<long>("--account");
var dieAt = new Option<string?>("--die-at");
var worker = new Command("worker") { account, dieAt };
worker.Hidden = true;
worker.SetAction((result, token) => Worker.RunAsync(result.GetValue(account), result.GetValue(dieAt), token));
root.Subcommands.Add(worker);

return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(10) });
