namespace KommoFunctions.Outbox;

/// <summary>Runs a piece of work at most once at a time; all who ask while it runs share the next run.</summary>
internal sealed class SharedPass(Func<CancellationToken, Task> work)
{
    private readonly Lock _gate = new();
    private Task _current = Task.CompletedTask;
    private Task? _next;

    /// <summary>Ends when a run that began after this call has ended.</summary>
    /// <remarks>
    /// Only the first to ask for a run hears of its failure: one is enough to come again, and a hundred who all come again for the same work
    /// would be a hundred times the cost.
    /// </remarks>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_next is { } shared)
            {
                return WhenEndedAsync(shared, cancellationToken);
            }

            return _next = StartAsync(_current, cancellationToken);
        }
    }

    private static async Task WhenEndedAsync(Task run, CancellationToken cancellationToken)
    {
        await run.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task StartAsync(Task previous, CancellationToken cancellationToken)
    {
        // Leaves the lock first, so that what follows never runs inside it.
        await Task.Yield();
        await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            _current = _next!;
            _next = null;
        }

        await work(cancellationToken);
    }
}
