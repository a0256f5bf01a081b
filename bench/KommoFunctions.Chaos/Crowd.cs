using KommoFunctions.Local.Demo;

namespace KommoFunctions.Chaos;

/// <summary>The app's processes, each on a port of its own that it keeps over its deaths.</summary>
internal sealed class Crowd(IReadOnlyList<Uri> addresses, IReadOnlyDictionary<string, string?> settings, Action<string> log) : IAsyncDisposable
{
    /// <summary>
    /// How long a process lives at least once it takes hooks, or as long as it took to come up where that is longer: one that only ever comes up has nothing
    /// to lose.
    /// </summary>
    private static readonly TimeSpan LeastLife = TimeSpan.FromSeconds(1.5);

    private readonly AppProcess?[] _processes = new AppProcess?[addresses.Count];

    public Task StartAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, addresses.Count).Select(index => StartAsync(index, cancellationToken)));

    /// <summary>
    /// Kills the processes when it is their time and starts them anew. One that is still coming up then is killed after its least life: a slow machine
    /// makes a run longer.
    /// </summary>
    public Task KillAsync(IReadOnlyList<Kill> kills, Action killed, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        return Task.WhenAll(kills.GroupBy(kill => kill.Process).Select(async ofProcess =>
        {
            var mayDieAt = LeastLife;
            foreach (var kill in ofProcess)
            {
                var due = kill.At > mayDieAt ? kill.At : mayDieAt;
                if (due - TimeProvider.System.GetElapsedTime(start) is { Ticks: > 0 } wait)
                {
                    await Task.Delay(wait, TimeProvider.System, cancellationToken);
                }

                await KillAsync(kill.Process);
                killed();
                var dead = TimeProvider.System.GetElapsedTime(start);
                await StartAsync(kill.Process, cancellationToken);
                var up = TimeProvider.System.GetElapsedTime(start);
                mayDieAt = up + (up - dead > LeastLife ? up - dead : LeastLife);
            }
        }));
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

    private async Task KillAsync(int index)
    {
        if (_processes[index] is { } victim)
        {
            _processes[index] = null;
            await victim.KillAsync();
            await victim.DisposeAsync();
        }
    }

    /// <summary>Storage may be away just then: it is started until it comes up.</summary>
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
