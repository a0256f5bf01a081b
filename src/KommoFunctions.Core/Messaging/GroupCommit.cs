namespace KommoFunctions.Messaging;

/// <summary>
/// Writes for all at once who want the same kind of write at the same time: one write is under way, and what comes meanwhile goes together in the next. A single
/// one is written at once; under load a write stands for many, which costs a part of what each by itself would.
/// </summary>
/// <param name="commit">Writes all of it, or throws.</param>
/// <typeparam name="T">What is written.</typeparam>
internal sealed class GroupCommit<T>(Func<IReadOnlyList<T>, Task> commit)
{
    private readonly Lock _gate = new();
    private Task _current = Task.CompletedTask;
    private Group? _next;

    /// <summary>Ends when these are written, and fails when their write did, whoever asked for it.</summary>
    public Task AddAsync(params IEnumerable<T> items)
    {
        lock (_gate)
        {
            if (_next is null)
            {
                _next = new Group();
                _next.Ended = CommitAsync(_current, _next);
            }

            _next.Items.AddRange(items);
            return _next.Ended;
        }
    }

    private async Task CommitAsync(Task previous, Group group)
    {
        // Leaves the lock first, so that the group is complete and known when it is closed.
        await Task.Yield();
        await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            _current = group.Ended;
            _next = null;
        }

        await commit(group.Items);
    }

    private sealed class Group
    {
        public List<T> Items { get; } = [];

        public Task Ended { get; set; } = Task.CompletedTask;
    }
}
