namespace TableRateLimiting.Internal;

/// <summary>
/// How long before its first instant a swap has to start: the 95th percentile of the latest swaps and a quarter more, within the
/// configured bounds. Before the first measurement it is the geometric middle of the bounds.
/// </summary>
internal sealed class LeadEstimator(long least, long most)
{
    private const int Kept = 64;

    private readonly Lock _gate = new();
    private readonly Queue<long> _durations = new(Kept);

    public long Current { get; private set; } = (long)Math.Sqrt((double)least * most);

    public void Measured(long duration)
    {
        lock (_gate)
        {
            if (_durations.Count == Kept)
            {
                _durations.Dequeue();
            }

            _durations.Enqueue(duration);
            long[] sorted = [.. _durations.Order()];
            var high = sorted[(int)Math.Ceiling(sorted.Length * 0.95) - 1];
            Current = Math.Clamp(high + (high / 4), least, most);
        }
    }
}
