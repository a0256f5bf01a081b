using System.CommandLine;
using TableRateLimiting.Load.Receiver;
using TableRateLimiting.Load.Storage;
using TableRateLimiting.Load.Worker;

namespace TableRateLimiting.Load.Commands;

/// <summary>The roles that this program starts itself in.</summary>
internal static class RoleCommands
{
    public static IEnumerable<Command> Create() => [Storage(), Receiver(), Worker()];

    private static Command Storage()
    {
        var latency = new Option<double>("--latency") { Required = true };
        var spread = new Option<double>("--spread") { Required = true };
        var command = new Command(StorageRole.Name) { latency, spread };
        command.Hidden = true;
        command.SetAction((parsed, _) => StorageRole.RunAsync(parsed.GetValue(latency), parsed.GetValue(spread)));
        return command;
    }

    private static Command Receiver()
    {
        var command = new Command(ReceiverRole.Name) { Hidden = true };
        command.SetAction((_, _) => ReceiverRole.RunAsync());
        return command;
    }

    private static Command Worker()
    {
        var number = new Option<int>("--number") { Required = true };
        var callers = new Option<int>("--callers") { Required = true };
        var row = new Option<string>("--row") { Required = true };
        var counted = new Option<string>("--counted") { Required = true };
        var direct = new Option<string>("--direct") { Required = true };
        var target = new Option<string>("--target") { Required = true };
        var skew = new Option<double>("--clock-skew") { Required = true };
        var option = new Option<string[]>("--option") { DefaultValueFactory = _ => [] };
        var command = new Command(WorkerRole.Name) { number, callers, row, counted, direct, target, skew, option };
        command.Hidden = true;
        command.SetAction((parsed, _) => WorkerRole.RunAsync(new WorkerSettings(
            parsed.GetValue(number),
            parsed.GetValue(callers),
            parsed.GetValue(row)!,
            parsed.GetValue(counted)!,
            parsed.GetValue(direct)!,
            new Uri(parsed.GetValue(target)!),
            parsed.GetValue(skew),
            parsed.GetValue(option)!)));
        return command;
    }
}
