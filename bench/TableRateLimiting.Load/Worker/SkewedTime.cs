namespace TableRateLimiting.Load.Worker;

/// <summary>The system's time with a wall clock that is wrong.</summary>
internal sealed class SkewedTime(TimeSpan skew) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + skew;
}
