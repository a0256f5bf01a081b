using System.Collections.Immutable;
using TableRateLimiting.Grants;
using TableRateLimiting.Internal;

namespace TableRateLimiting.Machine;

/// <summary>
/// What this process grants by itself while storage is away: its configured share, after everything that any process may have booked
/// before. Instants are on the scale of <see cref="Moment.Now"/>.
/// </summary>
internal sealed class FallbackShare(Settings settings)
{
    private readonly Settings _own = settings with { PermitLimit = Math.Max(1, settings.FallbackPermits), BackgroundPermits = 0 };

    /// <summary>Every permit given or still to come that counts: on the return of storage the coming ones are dropped.</summary>
    private ImmutableArray<Grant> _grants = [];
    private long _quietUntil;

    public bool Active { get; private set; }

    /// <summary>Storage failed at <paramref name="since"/>: bookings made until then reach MaxWait ahead, and hold for a period.</summary>
    public void Enter(long since)
    {
        Active = true;
        _quietUntil = since + settings.MaxWait + settings.LongestPeriod;
    }

    /// <summary>When each of the demands would be met.</summary>
    public ImmutableArray<Place> Plan(long now, long pausedUntil, GrantShape shape, IReadOnlyList<Demand> demands)
    {
        var calendar = new GrantCalendar(_own, GrantRecord.Empty with { Grants = _grants }, now);
        var earliest = Math.Max(Math.Max(now, pausedUntil), _quietUntil);
        var terms = new BookingTerms(now, earliest, shape, long.MaxValue, 0);
        return
        [
            .. demands.Select(demand => Math.Max(demand.Permits, 1) > settings.FallbackPermits

                // A demand above the share is never met here: it is to come back when storage may be there again.
                ? new Place(Math.Max(earliest, now + settings.MaxWait), Booked: false, default)
                : calendar.Book(terms, [demand])[0]),
        ];
    }

    public ImmutableArray<Place> Book(long now, long pausedUntil, GrantShape shape, IReadOnlyList<Demand> demands)
    {
        var places = Plan(now, pausedUntil, shape, demands);
        var given = demands.Zip(places).Where(pair => pair.Second.Booked).SelectMany(pair => Enumerable.Repeat(pair.Second.Grant, pair.First.Permits));
        _grants = [.. _grants.Where(grant => grant.Until + settings.Window > now), .. given];
        return places;
    }

    public int Free(long now, long pausedUntil) => settings.FallbackPermits == 0 || now < Math.Max(pausedUntil, _quietUntil)
        ? 0
        : new GrantCalendar(_own, GrantRecord.Empty with { Grants = _grants }, now).Free(now);

    /// <summary>Storage is back.</summary>
    /// <returns>The grants that the shared record does not know of and still has to.</returns>
    public ImmutableArray<Grant> Leave(long now)
    {
        Active = false;
        _grants = [.. _grants.Where(grant => grant.From <= now && grant.Until + settings.Window > now)];
        return _grants;
    }
}
