using KommoFunctions.Outbox;

namespace KommoFunctions.Core.Tests.Outbox;

public sealed class SharedPassTests
{
    private readonly List<TaskCompletionSource> _runs = [];
    private readonly SharedPass _pass;

    public SharedPassTests() => _pass = new SharedPass(_ =>
    {
        var run = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_runs)
        {
            _runs.Add(run);
        }

        return run.Task;
    });

    [Fact]
    public async Task A_request_ends_with_its_run()
    {
        var request = _pass.RunAsync(CancellationToken.None);
        await StartedAsync(1);
        Assert.False(request.IsCompleted);

        _runs[0].SetResult();

        await request;
    }

    [Fact]
    public async Task A_request_that_comes_while_a_run_is_going_gets_a_run_that_starts_after_it()
    {
        var first = _pass.RunAsync(CancellationToken.None);
        await StartedAsync(1);
        var second = _pass.RunAsync(CancellationToken.None);

        _runs[0].SetResult();
        await first;
        await StartedAsync(2);

        Assert.False(second.IsCompleted);
        _runs[1].SetResult();
        await second;
    }

    [Fact]
    public async Task Many_requests_that_come_while_a_run_is_going_need_one_more()
    {
        var first = _pass.RunAsync(CancellationToken.None);
        await StartedAsync(1);
        var second = _pass.RunAsync(CancellationToken.None);
        var others = Enumerable.Range(0, 100).Select(_ => _pass.RunAsync(CancellationToken.None)).ToList();

        Assert.All(others, other => Assert.True(other.IsCompletedSuccessfully, "It takes a place for which others wait."));
        Assert.False(second.IsCompleted);
        _runs[0].SetResult();
        await first;
        await StartedAsync(2);
        _runs[1].SetResult();
        await second;
        Assert.Equal(2, _runs.Count);
    }

    [Fact]
    public async Task Whoever_asked_for_a_run_first_hears_of_its_failure()
    {
        var first = _pass.RunAsync(CancellationToken.None);
        await StartedAsync(1);
        var second = _pass.RunAsync(CancellationToken.None);
        await _pass.RunAsync(CancellationToken.None);
        _runs[0].SetResult();
        await first;
        await StartedAsync(2);

        _runs[1].SetException(new InvalidOperationException("no"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => second);
    }

    [Fact]
    public async Task A_run_starts_after_one_that_failed()
    {
        var first = _pass.RunAsync(CancellationToken.None);
        await StartedAsync(1);
        var second = _pass.RunAsync(CancellationToken.None);
        _runs[0].SetException(new InvalidOperationException("no"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => first);
        await StartedAsync(2);

        _runs[1].SetResult();

        await second;
    }

    [Fact]
    public async Task Never_do_two_runs_overlap()
    {
        var running = 0;
        var most = 0;
        var pass = new SharedPass(async _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await Task.Yield();
            Interlocked.Decrement(ref running);
        });

        await Parallel.ForAsync(0, 2_000, async (_, token) => await pass.RunAsync(token));

        Assert.Equal(1, most);
    }

    private Task StartedAsync(int count) => Framework.Eventually.HoldsAsync(() =>
    {
        lock (_runs)
        {
            return Task.FromResult(_runs.Count >= count);
        }
    });
}
