namespace TableRateLimiting.Machine;

/// <summary>
/// What a measured duration is like, and how much it varies: the smoothed mean and mean deviation that TCP keeps of its round trips (RFC 6298), so that
/// a few bad values, such as a process's first, are forgotten after a few good ones, however rarely it measures.
/// </summary>
internal sealed class SmoothedEstimate
{
    private const int Memory = 8;

    private long? _mean;
    private long _deviation;

    /// <summary>What the next value will hardly exceed: the mean and four times the mean deviation; null before the first value.</summary>
    public long? High => _mean + (4 * _deviation);

    public void Add(long value)
    {
        if (_mean is not { } mean)
        {
            (_mean, _deviation) = (value, value / 2);
            return;
        }

        _deviation += (Math.Abs(value - mean) - _deviation) / (Memory / 2);
        _mean = mean + ((value - mean) / Memory);
    }
}
