using System.Collections.Immutable;

namespace TableRateLimiting.Internal;

/// <summary>
/// What this process grants by itself while storage is away: its configured share, after everything that any process may have booked
/// before. Instants are on the scale of <see cref="StorageClock.Elapsed"/>. Not thread-safe; the limiter locks it.
/// </summary>
internal sealed class FallbackShare(Settings settings)
{
    private readonly SlidingLog _log = new(Math.Max(1, settings.FallbackPermits), settings.Period);

    /// <summary>Every permit given or still to come, not only as many as the rule looks back: on the return of storage the coming ones are dropped.</summary>
    private ImmutableArray<long> _grants = [];
    private long _quietUntil;

    public bool Active { get; private set; }

    /// <summary>Storage failed at <paramref name="since"/>: bookings made until then reach MaxWait ahead, and hold for a period.</summary>
    public void Enter(long since)
    {
        Active = true;
        _quietUntil = since + settings.MaxWait + settings.Period;
    }

    public Booking Plan(long now, long pausedUntil, IReadOnlyList<Demand> demands)
    {
        var earliest = Math.Max(Math.Max(now, pausedUntil), _quietUntil);
        var grants = _grants;
        var places = ImmutableArray.CreateBuilder<Place>(demands.Count);
        foreach (var demand in demands)
        {
            // A demand above the share is never met here: it is to come back when storage may be there again.
            if (Math.Max(demand.Permits, 1) > settings.FallbackPermits)
            {
                places.Add(new Place(Math.Max(earliest, now + settings.MaxWait), Booked: false));
                continue;
            }

            var one = _log.Book(grants, earliest, 0, [demand]);
            grants = one.Grants;
            places.Add(one.Places[0]);
        }

        return new Booking(grants, places.MoveToImmutable());
    }

    public ImmutableArray<Place> Book(long now, long pausedUntil, IReadOnlyList<Demand> demands)
    {
        var places = Plan(now, pausedUntil, demands).Places;
        var given = demands.Zip(places).Where(pair => pair.Second.Booked).SelectMany(pair => Enumerable.Repeat(pair.Second.Instant, pair.First.Permits));
        _grants = [.. _grants.Where(instant => instant > now - settings.Period), .. given];
        return places;
    }

    public int Free(long now, long pausedUntil) =>
        settings.FallbackPermits == 0 || now < Math.Max(pausedUntil, _quietUntil) ? 0 : _log.Free(_grants, now);

    /// <summary>Storage is back.</summary>
    /// <returns>The grants that the shared log does not know of and still has to.</returns>
    public ImmutableArray<long> Leave(long now)
    {
        Active = false;
        _grants = [.. _grants.Where(instant => instant <= now && instant > now - settings.Period)];
        return _grants;
    }
}
