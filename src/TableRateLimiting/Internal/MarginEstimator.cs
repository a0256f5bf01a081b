namespace TableRateLimiting.Internal;

/// <summary>
/// How wide a grant has to be. It begins as much before its instant as this process may be wrong about the service's time, and ends as much
/// after it again, and the tolerance for a caller that wakes late, and the difference in travel time of two requests. What two grants a limit
/// apart keep beyond the window, the margin, is one width: the end of the one and the beginning of the other.
/// </summary>
internal sealed class MarginEstimator(Settings settings, LeadEstimator lead)
{
    private const long LeastTolerance = 2 * TimeSpan.TicksPerMillisecond;
    private const long FirstTolerance = 15 * TimeSpan.TicksPerMillisecond;

    private readonly RecentValues _lateness = new(128);

    /// <summary>A caller woke so much later than its instant.</summary>
    public void Woke(long lateness) => _lateness.Add(Math.Max(0, lateness));

    /// <summary>The shape of a grant booked now.</summary>
    /// <param name="uncertainty">How wrong this process may be about the service's time.</param>
    public GrantShape Current(long uncertainty)
    {
        // Room for what is measured: what the configured jitter leaves of the greatest margin, half of it for each.
        var room = (settings.MaxMargin - settings.ArrivalJitter) / 2;
        var travel = Math.Clamp(lead.Spread, settings.ArrivalJitter, settings.ArrivalJitter + room);
        var tolerance = Math.Clamp(_lateness.Any ? 2 * _lateness.Quantile(0.95) : FirstTolerance, Math.Min(LeastTolerance, room), room);
        var after = Math.Max(uncertainty + tolerance + travel, settings.MinMargin - uncertainty);
        return new GrantShape(uncertainty, after, tolerance);
    }
}
