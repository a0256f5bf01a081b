namespace Kommo.Simulator.Hooks;

/// <summary>Hooks that wait for their next attempt or are under way. A hook leaves only when it is done or given up.</summary>
internal sealed class HookQueue
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, PendingHook> _pending = [];
    private readonly PriorityQueue<long, (DateTimeOffset DueAt, long Sequence)> _due = new();
    private TaskCompletionSource _empty = Completed();
    private long _lastSequence;

    public IReadOnlyList<PendingHook> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _pending.Values.OrderBy(hook => hook.Sequence)];
            }
        }
    }

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _pending.Count;
            }
        }
    }

    /// <summary>Done when nothing is pending.</summary>
    public Task Empty
    {
        get
        {
            lock (_gate)
            {
                return _empty.Task;
            }
        }
    }

    public void Add(string destination, string body, DateTimeOffset dueAt, bool isExtra)
    {
        lock (_gate)
        {
            Enqueue(new PendingHook(++_lastSequence, destination, body, Guid.NewGuid().ToString(), 1, dueAt, isExtra));
        }
    }

    public void Load(IEnumerable<PendingHook> hooks)
    {
        lock (_gate)
        {
            foreach (PendingHook hook in hooks)
            {
                _lastSequence = Math.Max(_lastSequence, hook.Sequence);
                Enqueue(hook);
            }
        }
    }

    /// <summary>Takes the next due hook; otherwise says when the next one falls due, if there is one.</summary>
    public PendingHook? TakeDue(DateTimeOffset now, out DateTimeOffset? nextDueAt)
    {
        lock (_gate)
        {
            nextDueAt = null;
            while (_due.TryPeek(out long sequence, out (DateTimeOffset DueAt, long Sequence) priority))
            {
                if (!_pending.TryGetValue(sequence, out PendingHook? hook))
                {
                    _due.Dequeue();
                }
                else if (priority.DueAt <= now)
                {
                    _due.Dequeue();
                    return hook;
                }
                else
                {
                    nextDueAt = priority.DueAt;
                    return null;
                }
            }

            return null;
        }
    }

    public void Retry(PendingHook hook, DateTimeOffset dueAt)
    {
        lock (_gate)
        {
            Enqueue(hook with { Attempt = hook.Attempt + 1, DueAt = dueAt });
        }
    }

    public void Remove(PendingHook hook)
    {
        lock (_gate)
        {
            if (_pending.Remove(hook.Sequence) && _pending.Count == 0)
            {
                _empty.TrySetResult();
            }
        }
    }

    private void Enqueue(PendingHook hook)
    {
        if (_empty.Task.IsCompleted)
        {
            _empty = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        _pending[hook.Sequence] = hook;
        _due.Enqueue(hook.Sequence, (hook.DueAt, hook.Sequence));
    }

    private static TaskCompletionSource Completed()
    {
        TaskCompletionSource source = new();
        source.SetResult();
        return source;
    }
}
