using System.Globalization;
using KommoFunctions.Bench;
using KommoFunctions.Emulators;
using KommoFunctions.Emulators.Storage;
using KommoFunctions.Local.Demo;

namespace KommoFunctions.Work;

/// <summary>The surroundings, and the app in processes of its own.</summary>
internal sealed class WorkSession : IAsyncDisposable
{
    private readonly List<AppProcess> _processes = [];

    private WorkSession(BenchSurroundings surroundings, IReadOnlyList<Uri> addresses)
    {
        Surroundings = surroundings;
        Hooks = new HookSender(surroundings, addresses);
    }

    public BenchSurroundings Surroundings { get; }

    public HookSender Hooks { get; }

    /// <summary>How many messages were done so far: each is an execution of a function, and ends with its deletion.</summary>
    public long Executions => Surroundings.Storage.Statistics[new StorageRequestKind(StorageService.Queue, "DELETE", "message")];

    /// <param name="options">The surroundings, for an app that listens at this address.</param>
    /// <param name="processes">How many processes the app has; the surroundings know the first.</param>
    /// <param name="output">Where it is said what is done.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<WorkSession> StartAsync(
        Func<Uri, BenchOptions> options, int processes, TextWriter output, CancellationToken cancellationToken)
    {
        output.WriteLine("Starting storage, vault, Kommo and the app");
        Uri[] addresses = [.. Ports.FindToKeep(processes).Select(port => new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}")))];
        var session = new WorkSession(await BenchSurroundings.StartAsync(options(addresses[0]), cancellationToken), addresses);
        try
        {
            foreach (var address in addresses)
            {
                session._processes.Add(await AppProcess.StartAsync(address, session.Surroundings.Settings, verbose: false, cancellationToken));
            }

            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        Hooks.Dispose();
        await Surroundings.DisposeAsync();
    }
}
