using System.Threading.RateLimiting;
using Kommo.Http;
using Microsoft.Extensions.Time.Testing;

namespace Kommo.Tests.Http;

public sealed class AccountRateLimiterTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(250)]
    public async Task No_second_and_margin_sees_more_than_seven_permits(int margin)
    {
        using var limiter = new AccountRateLimiter(TimeSpan.FromMilliseconds(margin), timeProvider: _time);

        var instants = await GrantAsync(limiter, 30);

        Assert.All(Enumerable.Range(0, 23), i => Assert.True(instants[i + 7] - instants[i] >= TimeSpan.FromMilliseconds(1000 + margin)));
        Assert.InRange(instants[^1].TotalMilliseconds, 4 * (1000 + margin), 5 * (1000 + margin));
    }

    [Fact]
    public async Task A_limit_stops_those_too_who_wait_already()
    {
        using var limiter = new AccountRateLimiter(longestWait: TimeSpan.FromMinutes(10), timeProvider: _time);
        var waits = Enumerable.Range(0, 9).Select(_ => GrantedAtAsync(limiter)).ToList();
        await limiter.RateLimitedAsync(TimeSpan.FromMinutes(5), CancellationToken.None);

        var instants = await AllAsync(waits, TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.Zero, instants[6]);
        Assert.True(instants[7] >= TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Who_would_wait_too_long_is_told_when_to_come_back()
    {
        using var limiter = new AccountRateLimiter(timeProvider: _time);
        await limiter.BlockedAsync(CancellationToken.None);

        using var lease = await limiter.AcquireAsync();

        Assert.Equal((false, TimeSpan.FromMinutes(15)), (lease.IsAcquired, RetryAfter(lease)));
        Assert.Equal(1, limiter.GetStatistics().TotalFailedLeases);
    }

    [Fact]
    public async Task Who_waits_when_a_long_pause_begins_is_told_when_to_come_back()
    {
        using var limiter = new AccountRateLimiter(timeProvider: _time);
        var waits = Enumerable.Range(0, 8).Select(_ => limiter.AcquireAsync().AsTask()).ToList();
        await limiter.BlockedAsync(CancellationToken.None);

        while (!waits[7].IsCompleted)
        {
            await AdvanceAsync(Step);
        }

        Assert.InRange(RetryAfter(await waits[7])!.Value, TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(15));
    }

    [Fact]
    public async Task The_queue_is_as_long_as_the_longest_wait()
    {
        using var limiter = new AccountRateLimiter(TimeSpan.Zero, TimeSpan.FromSeconds(2), _time);
        var waits = Enumerable.Range(0, 25).Select(_ => limiter.AcquireAsync().AsTask()).ToList();

        Assert.Equal(TimeSpan.FromSeconds(3), RetryAfter(await waits[21]));
        Assert.Equal((14, 0, 4), (limiter.GetStatistics().CurrentQueuedCount, limiter.GetStatistics().CurrentAvailablePermits, limiter.GetStatistics().TotalFailedLeases));
        Assert.Null(limiter.IdleDuration);
        Assert.All(await AllAsync(waits[..21]), lease => Assert.True(lease.IsAcquired));
    }

    [Fact]
    public async Task Who_gives_up_takes_no_permit()
    {
        using var limiter = new AccountRateLimiter(TimeSpan.Zero, timeProvider: _time);
        await GrantAsync(limiter, 7);
        using var giveUp = new CancellationTokenSource();
        var gone = limiter.AcquireAsync(1, giveUp.Token).AsTask();
        var next = limiter.AcquireAsync().AsTask();

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        await AllAsync([next]);
        Assert.Equal(8, limiter.GetStatistics().TotalSuccessfulLeases);
    }

    [Fact]
    public void An_attempt_never_waits()
    {
        using var limiter = new AccountRateLimiter(timeProvider: _time);

        Assert.All(Enumerable.Range(0, 7), _ => Assert.True(limiter.AttemptAcquire().IsAcquired));
        Assert.Equal(TimeSpan.FromMilliseconds(1050), RetryAfter(limiter.AttemptAcquire()));
    }

    private static TimeSpan? RetryAfter(RateLimitLease lease) => lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : null;

    private Task<List<TimeSpan>> GrantAsync(AccountRateLimiter limiter, int count) =>
        AllAsync(Enumerable.Range(0, count).Select(_ => GrantedAtAsync(limiter)).ToList());

    private async Task<List<T>> AllAsync<T>(List<Task<T>> waits, TimeSpan? step = null)
    {
        while (!waits.TrueForAll(wait => wait.IsCompleted))
        {
            await AdvanceAsync(step ?? Step);
        }

        return [.. await Task.WhenAll(waits)];
    }

    private async Task AdvanceAsync(TimeSpan time)
    {
        _time.Advance(time);
        await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
    }

    private async Task<TimeSpan> GrantedAtAsync(AccountRateLimiter limiter)
    {
        using var lease = await limiter.AcquireAsync();
        Assert.True(lease.IsAcquired);
        return _time.GetUtcNow() - _time.Start;
    }
}
