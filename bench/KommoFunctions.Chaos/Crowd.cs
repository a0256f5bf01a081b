using KommoFunctions.Local.Demo;

namespace KommoFunctions.Chaos;

/// <summary>The app's processes, each on a port of its own that it keeps over its deaths.</summary>
internal sealed class Crowd(Uri[] addresses, IReadOnlyDictionary<string, string?> settings, Action<string> log) : IAsyncDisposable
{
    private readonly AppProcess?[] _processes = new AppProcess?[addresses.Length];

    public Task StartAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, addresses.Length).Select(index => StartAsync(index, cancellationToken)));

    /// <summary>Kills one and starts it anew; storage may be away just then, and then it is started until it comes up.</summary>
    public async Task KillAsync(int index, CancellationToken cancellationToken)
    {
        if (_processes[index] is { } victim)
        {
            _processes[index] = null;
            await victim.KillAsync();
            await victim.DisposeAsync();
        }

        await StartAsync(index, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            if (process is not null)
            {
                await process.DisposeAsync();
            }
        }
    }

    private async Task StartAsync(int index, CancellationToken cancellationToken)
    {
        while (_processes[index] is null)
        {
            try
            {
                _processes[index] = await AppProcess.StartAsync(addresses[index], settings, verbose: false, cancellationToken, line => log($"{index} | {line}"));
            }
            catch (InvalidOperationException e)
            {
                // The platform would start it again, too.
                log($"{index} | {e.Message}");
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }
}
