namespace TableRateLimiting.Internal;

/// <summary>The latest measurements and their quantiles. Safe for use from several threads.</summary>
internal sealed class RecentValues(int kept)
{
    private readonly Lock _gate = new();
    private readonly long[] _ring = new long[kept];
    private long[] _sorted = [];
    private long _count;

    public bool Any
    {
        get
        {
            lock (_gate)
            {
                return _count > 0;
            }
        }
    }

    public void Add(long value)
    {
        lock (_gate)
        {
            _ring[_count++ % kept] = value;
            _sorted = [.. _ring.AsSpan(0, (int)Math.Min(_count, kept))];
            Array.Sort(_sorted);
        }
    }

    /// <summary>The value that this share of the latest measurements does not exceed; 0 before the first.</summary>
    public long Quantile(double share)
    {
        lock (_gate)
        {
            return _sorted.Length == 0 ? 0 : _sorted[Math.Max(0, (int)Math.Ceiling(_sorted.Length * share) - 1)];
        }
    }
}
