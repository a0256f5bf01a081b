using System.Threading.RateLimiting;

namespace Kommo.Tests.Support;

/// <summary>Grants one permit, and is gone when it is asked for another.</summary>
internal sealed class BreakingLimiter : RateLimiter
{
    private readonly ScriptedLimiter _first = new() { AtOnce = 1 };

    public override TimeSpan? IdleDuration => null;

    public override RateLimiterStatistics? GetStatistics() => null;

    protected override RateLimitLease AttemptAcquireCore(int permitCount) => throw new InvalidOperationException("The pipeline waits.");

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_first.Asked > 0, this);
        return _first.AcquireAsync(permitCount, cancellationToken);
    }
}
