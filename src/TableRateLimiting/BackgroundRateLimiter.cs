using System.Threading.RateLimiting;
using TableRateLimiting.Internal;

namespace TableRateLimiting;

/// <summary>A limiter with two doors.</summary>
internal interface IPrioritizedRateLimiter
{
    TimeSpan? IdleDuration { get; }

    RateLimiterStatistics? GetStatistics();

    RateLimitLease Attempt(Wish wish);

    ValueTask<RateLimitLease> AcquireAsync(Wish wish, CancellationToken cancellationToken);
}

/// <summary>A limiter's other door, for callers that are in no hurry.</summary>
internal sealed class BackgroundRateLimiter(IPrioritizedRateLimiter limiter) : RateLimiter
{
    public override TimeSpan? IdleDuration => limiter.IdleDuration;

    public override RateLimiterStatistics? GetStatistics() => limiter.GetStatistics();

    protected override RateLimitLease AttemptAcquireCore(int permitCount) => limiter.Attempt(new Wish(permitCount, Background: true));

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
        limiter.AcquireAsync(new Wish(permitCount, Background: true), cancellationToken);
}
