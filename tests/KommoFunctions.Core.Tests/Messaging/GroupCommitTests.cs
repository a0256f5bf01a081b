using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Messaging;

namespace KommoFunctions.Core.Tests.Messaging;

public sealed class GroupCommitTests
{
    private readonly List<(IReadOnlyList<int> Items, TaskCompletionSource Ended)> _writes = [];
    private readonly GroupCommit<int> _group;

    public GroupCommitTests() => _group = new GroupCommit<int>(items =>
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_writes)
        {
            _writes.Add((items, ended));
        }

        return ended.Task;
    });

    [Fact]
    public async Task A_single_one_is_written_at_once()
    {
        var written = _group.AddAsync(1);
        await StartedAsync(1);
        Assert.False(written.IsCompleted);

        _writes[0].Ended.SetResult();

        await written;
    }

    [Fact]
    public async Task What_comes_while_a_write_is_under_way_goes_together_in_the_next()
    {
        var first = _group.AddAsync(1);
        await StartedAsync(1);
        var others = Enumerable.Range(2, 9).Select(item => _group.AddAsync(item)).ToList();
        _writes[0].Ended.SetResult();
        await first;
        await StartedAsync(2);

        Assert.Equal(Enumerable.Range(2, 9), _writes[1].Items);
        Assert.All(others, other => Assert.False(other.IsCompleted));
        _writes[1].Ended.SetResult();
        await Task.WhenAll(others);
    }

    [Fact]
    public async Task All_whose_write_fails_hear_of_it_and_the_next_write_begins()
    {
        var first = _group.AddAsync(1);
        await StartedAsync(1);
        var (second, third) = (_group.AddAsync(2), _group.AddAsync(3));
        _writes[0].Ended.SetResult();
        await first;
        await StartedAsync(2);
        var fourth = _group.AddAsync(4);

        _writes[1].Ended.SetException(new IOException("no"));

        await Assert.ThrowsAsync<IOException>(() => second);
        await Assert.ThrowsAsync<IOException>(() => third);
        await StartedAsync(3);
        _writes[2].Ended.SetResult();
        await fourth;
    }

    [Fact]
    public async Task Nothing_is_forgotten_and_no_two_writes_overlap()
    {
        var (running, most, written) = (0, 0, new List<int>());
        var group = new GroupCommit<int>(async items =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await Task.Yield();
            written.AddRange(items);
            Interlocked.Decrement(ref running);
        });

        await Parallel.ForAsync(0, 5_000, async (item, _) => await group.AddAsync(item));

        Assert.Equal(1, most);
        Assert.Equal(Enumerable.Range(0, 5_000), written.Order());
    }

    private Task StartedAsync(int count) => Eventually.HoldsAsync(() =>
    {
        lock (_writes)
        {
            return Task.FromResult(_writes.Count >= count);
        }
    });
}
