using System.Threading.RateLimiting;

namespace TableRateLimiting.Tests;

/// <summary>What callers may expect of any rate limiter with a window: the same cases for the framework's and for ours.</summary>
public abstract class LimiterContract
{
    protected abstract RateLimiter Create(int permitLimit, int queueLimit, QueueProcessingOrder order);

    [Fact]
    public async Task Permits_up_to_the_limit_are_granted()
    {
        await using var limiter = Create(3, 0, QueueProcessingOrder.OldestFirst);

        var leases = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => limiter.AcquireAsync().AsTask()));

        Assert.All(leases, lease => Assert.True(lease.IsAcquired));
    }

    [Fact]
    public async Task Several_permits_are_granted_together()
    {
        await using var limiter = Create(3, 0, QueueProcessingOrder.OldestFirst);

        Assert.True((await limiter.AcquireAsync(3)).IsAcquired);
        Assert.False((await limiter.AcquireAsync(1)).IsAcquired);
    }

    [Fact]
    public async Task A_count_that_can_never_be_had_is_an_argument_error()
    {
        await using var limiter = Create(3, 10, QueueProcessingOrder.OldestFirst);

        Assert.Throws<ArgumentOutOfRangeException>(() => limiter.AttemptAcquire(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => limiter.AttemptAcquire(-1));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await limiter.AcquireAsync(4));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await limiter.AcquireAsync(-1));
    }

    [Fact]
    public async Task Zero_permits_tell_whether_any_is_free()
    {
        await using var limiter = Create(1, 1, QueueProcessingOrder.OldestFirst);
        Assert.True(limiter.AttemptAcquire(0).IsAcquired);
        Assert.True((await limiter.AcquireAsync(0)).IsAcquired);

        Assert.True((await limiter.AcquireAsync()).IsAcquired);

        Assert.False(limiter.AttemptAcquire(0).IsAcquired);
        Assert.True((await limiter.AcquireAsync(0)).IsAcquired);
    }

    [Fact]
    public async Task Oldest_first_refuses_the_newcomer_when_the_queue_is_full()
    {
        await using var limiter = Create(1, 1, QueueProcessingOrder.OldestFirst);
        Assert.True((await limiter.AcquireAsync()).IsAcquired);

        var queued = limiter.AcquireAsync();
        Assert.False((await limiter.AcquireAsync()).IsAcquired);
        Assert.True((await queued).IsAcquired);
    }

    [Fact]
    public async Task Newest_first_turns_the_oldest_out_when_the_queue_is_full()
    {
        await using var limiter = Create(1, 1, QueueProcessingOrder.NewestFirst);
        Assert.True((await limiter.AcquireAsync()).IsAcquired);

        var oldest = limiter.AcquireAsync();
        var newest = limiter.AcquireAsync();
        Assert.False((await oldest).IsAcquired);
        Assert.True((await newest).IsAcquired);
    }

    [Fact]
    public async Task Newest_first_refuses_more_than_the_queue_can_ever_hold()
    {
        await using var limiter = Create(2, 1, QueueProcessingOrder.NewestFirst);
        Assert.True((await limiter.AcquireAsync(2)).IsAcquired);

        var queued = limiter.AcquireAsync();
        Assert.False((await limiter.AcquireAsync(2)).IsAcquired);
        Assert.True((await queued).IsAcquired);
    }

    [Theory]
    [InlineData(QueueProcessingOrder.OldestFirst, "abc")]
    [InlineData(QueueProcessingOrder.NewestFirst, "cba")]
    public async Task The_queue_is_served_in_its_order(QueueProcessingOrder order, string served)
    {
        await using var limiter = Create(1, 3, order);
        Assert.True((await limiter.AcquireAsync()).IsAcquired);
        var turns = new List<char>();

        await Task.WhenAll("abc".Select(async caller =>
        {
            Assert.True((await limiter.AcquireAsync()).IsAcquired);
            lock (turns)
            {
                turns.Add(caller);
            }
        }));

        Assert.Equal(served, string.Concat(turns));
    }

    [Fact]
    public async Task A_cancelled_caller_gives_its_place_back()
    {
        await using var limiter = Create(1, 1, QueueProcessingOrder.OldestFirst);
        Assert.True((await limiter.AcquireAsync()).IsAcquired);
        using var cancellation = new CancellationTokenSource();
        var queued = limiter.AcquireAsync(1, cancellation.Token);
        Assert.Equal(1, limiter.GetStatistics()!.CurrentQueuedCount);

        await cancellation.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await queued);
        Assert.Equal(cancellation.Token, cancelled.CancellationToken);
        Assert.Equal(0, limiter.GetStatistics()!.CurrentQueuedCount);
        Assert.True((await limiter.AcquireAsync()).IsAcquired);
    }

    [Fact]
    public async Task A_token_cancelled_before_queues_nothing()
    {
        await using var limiter = Create(1, 1, QueueProcessingOrder.OldestFirst);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await limiter.AcquireAsync(1, new CancellationToken(canceled: true)));

        Assert.Equal(0, limiter.GetStatistics()!.CurrentQueuedCount);
    }

    [Fact]
    public async Task Disposal_fails_those_who_wait_and_refuses_newcomers()
    {
        var limiter = Create(1, 2, QueueProcessingOrder.OldestFirst);
        Assert.True((await limiter.AcquireAsync()).IsAcquired);
        var queued = new[] { limiter.AcquireAsync().AsTask(), limiter.AcquireAsync().AsTask() };

        await limiter.DisposeAsync();

        Assert.All(await Task.WhenAll(queued), lease => Assert.False(lease.IsAcquired));
        Assert.Throws<ObjectDisposedException>(() => limiter.AttemptAcquire());
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await limiter.AcquireAsync());
        await limiter.DisposeAsync();
        limiter.Dispose();
    }

    [Fact]
    public async Task Statistics_count_what_happened()
    {
        await using var limiter = Create(2, 1, QueueProcessingOrder.OldestFirst);
        Assert.Equal(2, limiter.GetStatistics()!.CurrentAvailablePermits);

        Assert.True((await limiter.AcquireAsync(2)).IsAcquired);
        var queued = limiter.AcquireAsync();
        Assert.False((await limiter.AcquireAsync()).IsAcquired);
        Assert.False(limiter.AttemptAcquire().IsAcquired);

        var statistics = limiter.GetStatistics()!;
        Assert.Equal(0, statistics.CurrentAvailablePermits);
        Assert.Equal(1, statistics.CurrentQueuedCount);
        Assert.Equal(1, statistics.TotalSuccessfulLeases);
        Assert.Equal(2, statistics.TotalFailedLeases);
        Assert.True((await queued).IsAcquired);
    }

    [Fact]
    public async Task A_limiter_in_use_is_not_idle()
    {
        await using var limiter = Create(1, 1, QueueProcessingOrder.OldestFirst);
        Assert.NotNull(limiter.IdleDuration);

        Assert.True((await limiter.AcquireAsync()).IsAcquired);
        var queued = limiter.AcquireAsync();

        Assert.Null(limiter.IdleDuration);
        Assert.True((await queued).IsAcquired);
        Assert.Null(limiter.IdleDuration);
    }

    [Fact]
    public async Task Leases_know_the_name_of_the_retry_metadata()
    {
        await using var limiter = Create(1, 0, QueueProcessingOrder.OldestFirst);
        using var granted = await limiter.AcquireAsync();
        using var refused = await limiter.AcquireAsync();

        Assert.True(granted.IsAcquired);
        Assert.False(refused.IsAcquired);
        Assert.False(granted.TryGetMetadata(MetadataName.RetryAfter, out _));
        Assert.Contains(MetadataName.RetryAfter.Name, refused.MetadataNames);
    }
}
