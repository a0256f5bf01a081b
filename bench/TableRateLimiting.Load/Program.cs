using System.CommandLine;
using TableRateLimiting.Load;
using TableRateLimiting.Load.Commands;

var root = new RootCommand("Load runs of the distributed rate limiter: separate processes, a real table service, counts from outside the limiter.")
{
    RunCommand.Create(),
    IdleCommand.Create(),
    AllCommand.Create(),
};
foreach (var role in RoleCommands.Create())
{
    root.Subcommands.Add(role);
}

try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (LoadException failure)
{
    await Console.Error.WriteLineAsync(failure.Message);
    return 2;
}
catch (OperationCanceledException)
{
    return 130;
}
