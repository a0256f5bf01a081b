using System.CommandLine;
using KommoFunctions.Intake.Load;

var turns = new Option<int>("--turns") { Description = "How often each of the two endpoints has its turn", DefaultValueFactory = _ => 6 };
var seconds = new Option<int>("--seconds") { Description = "How long a turn lasts", DefaultValueFactory = _ => 6 };
var connections = new Option<int>("--connections") { Description = "How many connections send at the same time", DefaultValueFactory = _ => 16 };
var bytes = new Option<int>("--bytes") { Description = "The size of a body", DefaultValueFactory = _ => 2048 };
var root = new RootCommand("Measures intake against a bare endpoint in the same host that only sends the same body to a queue.") { turns, seconds, connections, bytes };
root.SetAction((result, token) => new LoadRun(
    result.GetValue(turns), TimeSpan.FromSeconds(result.GetValue(seconds)), result.GetValue(connections), result.GetValue(bytes)).RunAsync(token));

var kills = new Option<int>("--kills") { Description = "How often the host is killed", DefaultValueFactory = _ => 25 };
var kill = new Command("kill", "Kills the host (SIGKILL) at random moments of intake and counts which acknowledged hooks are in the queue.") { kills };
kill.SetAction(async (result, token) => (await KillRun.RunAsync(result.GetValue(kills), Console.Out, token)).Print(Console.Out));
root.Subcommands.Add(kill);

var port = new Option<int>("--port") { Description = "The port on 127.0.0.1" };
var server = new Command("server", "The host with both endpoints, with settings from environment variables.") { port };
server.Hidden = true;
server.SetAction((result, token) => IntakeHost.RunAsync(result.GetValue(port), token));
root.Subcommands.Add(server);

return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(10) });
