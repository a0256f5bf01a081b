namespace TableRateLimiting.Internal;

/// <summary>
/// How long before its first instant a swap has to write: the 95th percentile of the latest writes and a quarter more, within the
/// configured bounds. Before the first measurement it is the geometric middle of the bounds.
/// </summary>
internal sealed class LeadEstimator(long least, long most)
{
    private readonly RecentValues _durations = new(64);

    public long Current { get; private set; } = (long)Math.Sqrt((double)least * most);

    /// <summary>By how much one way of a trip to storage differs from another: half of what lies between the 10th and the 90th percentile.</summary>
    public long Spread => (_durations.Quantile(0.9) - _durations.Quantile(0.1)) / 2;

    public void Measured(long duration)
    {
        _durations.Add(duration);
        var high = _durations.Quantile(0.95);
        Current = Math.Clamp(high + (high / 4), least, most);
    }
}
