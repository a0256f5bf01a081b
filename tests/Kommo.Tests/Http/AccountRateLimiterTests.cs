using System.Threading.RateLimiting;
using Kommo.Http;
using Microsoft.Extensions.Time.Testing;

namespace Kommo.Tests.Http;

public sealed class AccountRateLimiterTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task No_second_sees_more_than_seven_permits()
    {
        using var limiter = new AccountRateLimiter(timeProvider: _time);
        var start = _time.GetUtcNow();
        var waits = Enumerable.Range(0, 50).Select(_ => GrantedAtAsync(limiter)).ToList();

        while (!waits.TrueForAll(wait => wait.IsCompleted))
        {
            _time.Advance(TimeSpan.FromMilliseconds(5));
            await Task.Yield();
        }

        var instants = (await Task.WhenAll(waits)).Select(at => (at - start).TotalMilliseconds).Order().ToList();
        Assert.All(Enumerable.Range(0, 43), i => Assert.True(instants[i + 7] - instants[i] >= 1000));
    }

    [Fact]
    public async Task A_limit_stops_those_too_who_wait_already_and_its_end_is_no_rush()
    {
        using var limiter = new AccountRateLimiter(longestWait: TimeSpan.FromMinutes(10), timeProvider: _time);
        var start = _time.GetUtcNow();
        var waits = Enumerable.Range(0, 3).Select(_ => GrantedAtAsync(limiter)).ToList();
        await limiter.RateLimitedAsync(TimeSpan.FromMinutes(5), CancellationToken.None);

        while (!waits.TrueForAll(wait => wait.IsCompleted))
        {
            _time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Delay(TimeSpan.FromTicks(1), TimeProvider.System);
        }

        var instants = (await Task.WhenAll(waits)).Select(at => at - start).Order().ToList();
        Assert.Equal(TimeSpan.Zero, instants[0]);
        Assert.True(instants[1] >= TimeSpan.FromMinutes(5));
        Assert.True(instants[2] - instants[1] >= TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task Who_would_wait_too_long_is_told_when_to_come_back()
    {
        using var limiter = new AccountRateLimiter(timeProvider: _time);
        await limiter.BlockedAsync(CancellationToken.None);

        using var lease = await limiter.AcquireAsync();

        Assert.False(lease.IsAcquired);
        Assert.True(lease.TryGetMetadata(MetadataName.RetryAfter, out var wait));
        Assert.Equal(TimeSpan.FromMinutes(15), wait);
        Assert.Equal(1, limiter.GetStatistics().TotalFailedLeases);
    }

    [Fact]
    public void An_attempt_never_waits()
    {
        using var limiter = new AccountRateLimiter(timeProvider: _time);

        Assert.True(limiter.AttemptAcquire().IsAcquired);
        Assert.False(limiter.AttemptAcquire().IsAcquired);
    }

    [Fact]
    public async Task A_request_that_took_long_may_have_arrived_late_and_holds_the_seventh_after_it_back_by_that()
    {
        using var limiter = new AccountRateLimiter(timeProvider: _time);
        var start = _time.GetUtcNow();
        var first = await limiter.AcquireAsync();
        var others = Enumerable.Range(0, 6).Select(_ => GrantedAtAsync(limiter)).ToList();
        await AdvanceAsync(TimeSpan.FromMilliseconds(300));
        first.Dispose();
        var eighth = GrantedAtAsync(limiter);

        await AdvanceAsync(TimeSpan.FromSeconds(2));

        await Task.WhenAll(others);
        Assert.InRange((await eighth - start).TotalMilliseconds, 1300, 1350);
    }

    [Fact]
    public async Task A_request_that_is_still_under_way_after_a_second_has_to_end_first()
    {
        using var limiter = new AccountRateLimiter(timeProvider: _time);
        var first = await limiter.AcquireAsync();
        var others = Enumerable.Range(0, 6).Select(_ => GrantedAtAsync(limiter)).ToList();
        var eighth = GrantedAtAsync(limiter);

        await AdvanceAsync(TimeSpan.FromSeconds(5));
        Assert.True(others.TrueForAll(other => other.IsCompletedSuccessfully) && !eighth.IsCompleted);
        first.Dispose();
        await AdvanceAsync(TimeSpan.FromSeconds(6));

        Assert.True(eighth.IsCompletedSuccessfully);
    }

    private async Task AdvanceAsync(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromMilliseconds(5))
        {
            _time.Advance(TimeSpan.FromMilliseconds(5));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }

    private async Task<DateTimeOffset> GrantedAtAsync(AccountRateLimiter limiter)
    {
        using var lease = await limiter.AcquireAsync();
        Assert.True(lease.IsAcquired);
        return _time.GetUtcNow();
    }
}
