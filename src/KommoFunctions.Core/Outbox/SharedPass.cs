namespace KommoFunctions.Outbox;

/// <summary>Runs a piece of work at most once at a time; all who ask while it runs share the next run.</summary>
internal sealed class SharedPass(Func<CancellationToken, Task> work)
{
    private readonly Lock _gate = new();
    private Task _current = Task.CompletedTask;
    private Task? _next;

    /// <summary>Ends when a run that began after this call has ended, and as that run did.</summary>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_next is null)
            {
                _next = _current.IsCompleted ? StartAsync(Task.CompletedTask, cancellationToken) : StartAsync(_current, cancellationToken);
            }

            return _next.WaitAsync(cancellationToken);
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
