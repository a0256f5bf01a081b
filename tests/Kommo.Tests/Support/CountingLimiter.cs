using System.Threading.RateLimiting;

namespace Kommo.Tests.Support;

/// <summary>Grants permits until there are none left, and counts what was asked for.</summary>
internal sealed class CountingLimiter(int permits = int.MaxValue, TimeSpan? retryAfter = null) : RateLimiter
{
    private int _asked;

    public int Asked => _asked;

    public override TimeSpan? IdleDuration => null;

    public override RateLimiterStatistics? GetStatistics() => null;

    protected override RateLimitLease AttemptAcquireCore(int permitCount) => throw new InvalidOperationException("The pipeline waits.");

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        Assert.Equal(1, permitCount);
        return ValueTask.FromResult<RateLimitLease>(new Lease(Interlocked.Increment(ref _asked) <= permits, retryAfter));
    }

    private sealed class Lease(bool isAcquired, TimeSpan? retryAfter) : RateLimitLease
    {
        public override bool IsAcquired => isAcquired;

        public override IEnumerable<string> MetadataNames => retryAfter is null ? [] : [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = metadataName == MetadataName.RetryAfter.Name ? retryAfter : null;
            return metadata is not null;
        }
    }
}
