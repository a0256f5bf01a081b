using TableRateLimiting.Load.Children;
using TableRateLimiting.Load.Worker;

namespace TableRateLimiting.Load.Running;

/// <summary>The worker processes of a run, and the change among them.</summary>
internal sealed class WorkerPool(LoadPlan plan, Surroundings surroundings) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<Child> _running = [];
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _started;

    /// <summary>Fails when a worker ends that nobody killed.</summary>
    public Task Failed => _failed.Task;

    /// <summary>Starts workers until there are as many as planned, a few at a time so that none waits for a processor for long.</summary>
    public Task StartAllAsync(IProgress<int> ready, CancellationToken cancellationToken)
    {
        var count = 0;
        return Parallel.ForEachAsync(
            Enumerable.Range(0, plan.Processes),
            new ParallelOptions { MaxDegreeOfParallelism = 2 * Environment.ProcessorCount, CancellationToken = cancellationToken },
            async (_, token) =>
            {
                await StartAsync(token);
                ready.Report(Interlocked.Increment(ref count));
            });
    }

    /// <summary>Lets the callers of all workers go.</summary>
    public Task GoAsync() => Task.WhenAll(Running().Select(worker => worker.TellAsync("start")));

    /// <summary>Starts one more worker and lets it go as soon as it is ready.</summary>
    public async Task AddAsync(CancellationToken cancellationToken) => await (await StartAsync(cancellationToken)).TellAsync("start");

    /// <summary>Kills one of the workers that run, with no chance to put anything in order.</summary>
    /// <returns>When it was gone, on <see cref="Clock"/>; null when none ran.</returns>
    public async Task<long?> KillAsync(Random random)
    {
        Child victim;
        lock (_lock)
        {
            if (_running.Count == 0)
            {
                return null;
            }

            var index = random.Next(_running.Count);
            victim = _running[index];
            _running.RemoveAt(index);
        }

        await victim.KillAsync();
        var gone = Clock.Now;
        await victim.DisposeAsync();
        return gone;
    }

    public async ValueTask DisposeAsync()
    {
        Child[] ending;
        lock (_lock)
        {
            ending = [.. _running];
            _running.Clear();
        }

        await Task.WhenAll(ending.Select(worker => worker.DisposeAsync().AsTask()));
    }

    private Child[] Running()
    {
        lock (_lock)
        {
            return [.. _running];
        }
    }

    private async Task<Child> StartAsync(CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _started) - 1;
        var settings = new WorkerSettings(
            number, plan.Callers, "shared", surroundings.Storage.Counted, surroundings.Storage.Direct, surroundings.Receiver.Target,
            number % 2 == 0 ? plan.SkewSeconds : -plan.SkewSeconds, plan.Options);
        var worker = await Workers.StartAsync(settings, cancellationToken);
        lock (_lock)
        {
            _running.Add(worker);
        }

        _ = WatchAsync(worker);
        return worker;
    }

    private async Task WatchAsync(Child worker)
    {
        await worker.Exited;
        lock (_lock)
        {
            if (_running.Contains(worker))
            {
                _failed.TrySetException(worker.Ended());
            }
        }
    }
}
