using System.Collections.Immutable;

namespace TableRateLimiting.Internal;

/// <summary>Permits wanted at one instant, and the last instant at which they are of use.</summary>
internal readonly record struct Demand(int Permits, long Deadline);

/// <summary>What became of one <see cref="Demand"/>: booked at the instant, or too late for it and left out of the log.</summary>
internal readonly record struct Place(long Instant, bool Booked);

/// <summary>The latest grants with the new ones among them, as many as the rule looks back, and the place of each demand, in the order of the demands.</summary>
internal sealed record Booking(ImmutableArray<long> Grants, ImmutableArray<Place> Places)
{
    public bool AnyBooked => Places.Any(place => place.Booked);
}

/// <summary>
/// The rule: a grant comes no sooner than one period (window and margin) after the grant <c>permitLimit</c> before it.
/// Pure arithmetic on instants (ticks on whatever scale the caller uses); the log is sorted, oldest first.
/// </summary>
internal sealed class SlidingLog(int permitLimit, long period)
{
    /// <summary>No process books further ahead than MaxWait (5 minutes at most): later instants are damage, not bookings.</summary>
    internal const long Horizon = 10 * TimeSpan.TicksPerMinute;

    /// <summary>
    /// Books each demand at the first instant the rule allows, not before <paramref name="earliest"/>.
    /// </summary>
    /// <param name="log">The grants so far.</param>
    /// <param name="earliest">Now and the lead, or the end of a pause.</param>
    /// <param name="uncertainty">
    /// By how much the caller's clock may be wrong beyond what the margin covers. The grant keeps that much more distance
    /// from those before it and is logged that much later, so that those after it keep it too.
    /// </param>
    /// <param name="demands">What is wanted, in the order in which it is to be served.</param>
    public Booking Book(ImmutableArray<long> log, long earliest, long uncertainty, IReadOnlyList<Demand> demands)
    {
        var grants = log.Select(instant => instant > earliest + Horizon ? earliest : instant).Order().ToList();
        var places = ImmutableArray.CreateBuilder<Place>(demands.Count);
        foreach (var demand in demands)
        {
            var instant = First(grants, demand.Permits, earliest, uncertainty);
            var booked = instant <= demand.Deadline;
            places.Add(new Place(instant, booked));
            for (var i = 0; booked && i < demand.Permits; i++)
            {
                grants.Add(instant + uncertainty);
            }
        }

        return new Booking([.. grants.TakeLast(permitLimit)], places.MoveToImmutable());
    }

    /// <summary>The permits that could be used at <paramref name="now"/> without waiting.</summary>
    public int Free(ImmutableArray<long> log, long now) =>
        Math.Max(0, permitLimit - log.Count(instant => instant > now - period));

    /// <summary>Enters grants that were given without the log (while storage was away).</summary>
    public static ImmutableArray<long> Merge(ImmutableArray<long> log, IEnumerable<long> grants) => [.. log.Concat(grants).Order()];

    private long First(List<long> grants, int permits, long earliest, long uncertainty)
    {
        var instant = earliest;
        if (grants.Count > 0)
        {
            instant = Math.Max(instant, grants[^1] - uncertainty);
        }

        // The last of these permits stands permitLimit places after this grant; asking for none means: when is one free.
        var leaving = grants.Count + Math.Max(permits, 1) - 1 - permitLimit;
        return leaving < 0 ? instant : Math.Max(instant, grants[leaving] + period + uncertainty);
    }
}
