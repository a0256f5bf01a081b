using System.CommandLine;
using KommoFunctions.Start;

var readyToRun = new Option<DirectoryInfo?>("--ready-to-run") { Description = "The app, published with ReadyToRun. Without it: published by this command" };
var justInTime = new Option<DirectoryInfo?>("--just-in-time") { Description = "The app, published without ReadyToRun. Without it: published by this command" };
var starts = new Option<int>("--starts") { Description = "How often each is started", DefaultValueFactory = _ => 15 };
var root = new RootCommand("Times the app's worker from the start of its process to the answer to its first hook, with and without ReadyToRun.")
{
    readyToRun, justInTime, starts,
};
root.SetAction(async (result, token) => await new StartRun(
    result.GetValue(readyToRun)?.FullName ?? await Publishing.PublishAsync(readyToRun: true, token),
    result.GetValue(justInTime)?.FullName ?? await Publishing.PublishAsync(readyToRun: false, token),
    result.GetValue(starts)).RunAsync(token));

var app = new Option<DirectoryInfo?>("--app") { Description = "The published app. Without it: published by this command" };
var times = new Option<int>("--times") { Description = "How often, in each of the two ways", DefaultValueFactory = _ => 5 };
var drain = new Command("drain", "Asks workers to end while a hook is running, by the host's message and by SIGTERM, and counts the answers.") { app, times };
drain.SetAction(async (result, token) => await DrainRun.RunAsync(
    result.GetValue(app)?.FullName ?? await Publishing.PublishAsync(readyToRun: true, token), result.GetValue(times), token));
root.Subcommands.Add(drain);

return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(10) });
