using TableRateLimiting.Grants;
using TableRateLimiting.Internal;

namespace TableRateLimiting.Machine;

/// <summary>
/// How wide a grant has to be. It begins as much before its instant as this process may be wrong about the service's time, and ends as much
/// after it again, and the tolerance for a caller that wakes late, and the difference in travel time of two requests. What two grants a limit
/// apart keep beyond the window, the margin, is one width: the end of the one and the beginning of the other.
/// </summary>
internal sealed class MarginEstimator(Settings settings)
{
    private const long MinTolerance = 5 * TimeSpan.TicksPerMillisecond;

    /// <summary>One part of so many of the backlog is worth its price in rate: a caller less that loses its turn.</summary>
    private const long BacklogShare = 1000;

    private readonly LatenessLog _lateness = new(settings.Window);

    /// <summary>A caller woke so much later than it could have.</summary>
    public void Woke(long lateness) => _lateness.Add(Math.Max(0, lateness));

    /// <summary>The shape of a grant booked now.</summary>
    /// <param name="uncertainty">How wrong this process may be about the service's time.</param>
    /// <param name="backlog">How far capacity is booked ahead: a caller that wakes too late has to wait behind it once more.</param>
    public GrantShape Current(long uncertainty, long backlog)
    {
        var room = settings.MaxMargin - settings.ArrivalJitter;
        var tolerance = Math.Min(_lateness.Best(MinTolerance + (backlog / BacklogShare)), room);
        var after = Math.Max(uncertainty + tolerance + settings.ArrivalJitter, settings.MinMargin - uncertainty);
        return new GrantShape(uncertainty, after, tolerance);
    }
}
