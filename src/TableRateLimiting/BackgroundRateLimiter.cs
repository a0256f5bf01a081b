using System.Threading.RateLimiting;
using TableRateLimiting.Machine;

namespace TableRateLimiting;

/// <summary>A limiter with two priorities.</summary>
internal interface IPrioritizedRateLimiter
{
    TimeSpan? IdleDuration { get; }

    RateLimiterStatistics? GetStatistics();

    RateLimitLease Attempt(PermitRequest request);

    ValueTask<RateLimitLease> AcquireAsync(PermitRequest request, CancellationToken cancellationToken);
}

/// <summary>The limiter's low-priority side.</summary>
internal sealed class BackgroundRateLimiter(IPrioritizedRateLimiter limiter) : RateLimiter
{
    public override TimeSpan? IdleDuration => limiter.IdleDuration;

    public override RateLimiterStatistics? GetStatistics() => limiter.GetStatistics();

    protected override RateLimitLease AttemptAcquireCore(int permitCount) => limiter.Attempt(new PermitRequest(permitCount, Background: true));

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
        limiter.AcquireAsync(new PermitRequest(permitCount, Background: true), cancellationToken);
}
