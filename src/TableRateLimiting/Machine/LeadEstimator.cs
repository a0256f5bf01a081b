namespace TableRateLimiting.Machine;

/// <summary>
/// How long before its first instant a swap has to write: as long as a write hardly ever takes (see <see cref="SmoothedEstimate"/>), within the
/// configured bounds. Before the first measurement it is the geometric middle of the bounds.
/// </summary>
internal sealed class LeadEstimator(long least, long most)
{
    private readonly SmoothedEstimate _writes = new();

    public long Current { get; private set; } = (long)Math.Sqrt((double)least * most);

    /// <summary>A write was answered after this time.</summary>
    public void Written(long duration)
    {
        _writes.Add(duration);
        Current = Math.Clamp(_writes.High ?? most, least, most);
    }
}
