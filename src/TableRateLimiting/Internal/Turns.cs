namespace TableRateLimiting.Internal;

/// <summary>One after the other, in the order of asking. Whoever's turn it is continues on a thread (or context) of its own.</summary>
internal sealed class Turns
{
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _next = new();
    private bool _taken;

    public async Task<T> TakeAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        if (Queue() is { } mine)
        {
            await using var giveUp = cancellationToken.UnsafeRegister((_, token) => mine.TrySetCanceled(token), null);
            await mine.Task;
        }

        try
        {
            return await work();
        }
        finally
        {
            Pass();
        }
    }

    private TaskCompletionSource? Queue()
    {
        lock (_gate)
        {
            if (!_taken)
            {
                _taken = true;
                return null;
            }

            var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _next.Enqueue(mine);
            return mine;
        }
    }

    private void Pass()
    {
        lock (_gate)
        {
            while (_next.TryDequeue(out var next))
            {
                if (next.TrySetResult())
                {
                    return;
                }
            }

            _taken = false;
        }
    }
}
