using System.CommandLine;
using KommoFunctions.Local.DeadLetters;
using KommoFunctions.Local.Demo;

namespace KommoFunctions.Local;

/// <summary>The command line.</summary>
internal static class LocalCommand
{
    public static RootCommand Create()
    {
        var noApp = new Option<bool>("--no-app")
        {
            Description = "Start only what surrounds the app (storage, vault, simulator), for the app under 'func start'",
        };
        var data = new Option<string>("--data")
        {
            Description = "The folder that the data is kept in",
            DefaultValueFactory = _ => RunCommand.DefaultDataFolder,
        };
        var firstPort = new Option<int?>("--first-port")
        {
            Description = "Six ports in a row from this one on, instead of 10000-10004 and 7071 (blobs, queues, tables, vault, simulator, app)",
        };
        firstPort.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1024 or > 65530)
            {
                result.AddError("--first-port should be a whole number from 1024 to 65530.");
            }
        });
        var root = new RootCommand("All of KommoFunctions on this machine: the app, storage, a key vault, and a Kommo account that behaves.") { noApp, data, firstPort };
        root.SetAction((result, token) => Guarded.RunAsync(
            () => RunCommand.RunAsync(result.GetValue(data)!, result.GetValue(firstPort), withApp: !result.GetValue(noApp), token)));
        root.Subcommands.Add(Demo());
        root.Subcommands.Add(App());
        root.Subcommands.Add(LetterCommands.Create());
        return root;
    }

    private static Command Demo()
    {
        var leads = new Option<int>("--leads") { Description = "How many leads are created", DefaultValueFactory = _ => 200 };
        leads.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 100_000)
            {
                result.AddError("--leads should be a whole number from 1 to 100000.");
            }
        });
        var duplicates = new Option<bool>("--duplicate-hooks") { Description = "Deliver each hook twice" };
        var restart = new Option<bool>("--restart") { Description = "Kill the app's process (SIGKILL) half way and start it again" };
        var verbose = new Option<bool>("--verbose") { Description = "Show the app's log" };
        var command = new Command("demo", "Runs the loop once, on data of its own, and prints what happened.") { leads, duplicates, restart, verbose };
        command.SetAction((result, token) => Guarded.RunAsync(() => DemoCommand.RunAsync(
            new DemoOptions(
                result.GetValue(leads), result.GetValue(duplicates), result.GetValue(restart), result.GetValue(verbose)),
            token)));
        return command;
    }

    private static Command App()
    {
        var port = new Option<int>("--port") { Description = "The port on 127.0.0.1", DefaultValueFactory = _ => 7071 };
        var quiet = new Option<bool>("--quiet") { Description = "Log warnings only" };
        var withParent = new Option<bool>("--with-parent") { Description = "Stop when standard input ends, as it does when the parent process is gone", Hidden = true };
        var command = new Command("app", "Runs only the app, with settings from environment variables named as in local.settings.json.") { port, quiet, withParent };
        command.SetAction((result, token) => Guarded.RunAsync(
            () => RunCommand.RunAppAsync(result.GetValue(port), result.GetValue(quiet), result.GetValue(withParent), token)));
        return command;
    }
}
