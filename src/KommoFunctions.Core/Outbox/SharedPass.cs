namespace KommoFunctions.Outbox;

/// <summary>Runs a piece of work at most once at a time; all who ask while it runs share the next run.</summary>
internal sealed class SharedPass(Func<CancellationToken, Task> work)
{
    private readonly Lock _gate = new();
    private Task _current = Task.CompletedTask;
    private Task? _next;

    /// <summary>
    /// Ends when a run that began after this call has ended; at once for whoever finds that run asked for already.
    /// </summary>
    /// <remarks>
    /// Whoever asked first stands for all others: its message stays in the queue until the run has ended, and comes again when it fails. The others'
    /// messages need not wait for that, which would take the places of other accounts' messages.
    /// </remarks>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _next is null ? _next = StartAsync(_current, cancellationToken) : Task.CompletedTask;
        }
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
