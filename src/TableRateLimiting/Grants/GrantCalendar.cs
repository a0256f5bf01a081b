using System.Collections.Immutable;
using TableRateLimiting.Internal;

namespace TableRateLimiting.Grants;

/// <summary>What a booking goes by, all on the scale of the record.</summary>
/// <param name="Now">The instant of the booking.</param>
/// <param name="Earliest">Now and the lead, or the end of a pause.</param>
/// <param name="Shape">How wide the new grants are.</param>
/// <param name="Near">Up to here whatever is free may be taken; beyond, what is left to the other priority is left alone.</param>
/// <param name="Spacing">Where the limit has been used up for a while: the least distance of a grant from the one before; else 0.</param>
internal readonly record struct BookingTerms(long Now, long Earliest, GrantShape Shape, long Near, long Spacing);

/// <summary>The grants of one scope, past and future, and where new ones fit in. Pure arithmetic on instants.</summary>
internal sealed class GrantCalendar
{
    /// <summary>No process books further ahead than MaxWait (5 minutes at most): later instants are damage, not bookings.</summary>
    internal const long Horizon = 10 * TimeSpan.TicksPerMinute;

    /// <summary>A string property holds 32 K characters: as many grants fit in, however they lie.</summary>
    internal const int Kept = 1500;

    private readonly long _window;
    private readonly int _limit;
    private readonly GrantTrack _all;
    private readonly GrantTrack? _background;
    private readonly GrantTrack? _interactive;
    private long _floor;

    /// <param name="settings">The limit, the window and the background's share.</param>
    /// <param name="record">The grants so far.</param>
    /// <param name="now">The instant by which it is told which priorities are in use, and which grants are damage.</param>
    public GrantCalendar(Settings settings, GrantRecord record, long now)
    {
        (_window, _limit, _floor) = (settings.Window, settings.PermitLimit, Math.Min(record.Floor, now + Horizon));
        _all = new GrantTrack(settings.PermitLimit, settings.Window);

        // What is left to a priority that nobody uses would be lost.
        var both = settings.BackgroundPermits > 0 && record.InUse(background: true, now) && record.InUse(background: false, now);
        _background = both ? new GrantTrack(settings.BackgroundPermits, settings.Window) : null;
        _interactive = both ? new GrantTrack(settings.PermitLimit - settings.BackgroundPermits, settings.Window) : null;
        foreach (var grant in record.Grants)
        {
            Add(grant.From > now + Horizon ? grant with { From = now, Until = now } : grant);
        }
    }

    /// <summary>Enters a grant that was given without the calendar (while storage was away).</summary>
    public void Add(Grant grant)
    {
        _all.Add(grant);
        Own(grant.Background)?.Add(grant);
    }

    /// <summary>Takes out a grant that was not used and never will be.</summary>
    public bool Remove(Grant grant)
    {
        Own(grant.Background)?.Remove(grant);
        return _all.Remove(grant);
    }

    /// <summary>Books each demand at the first instant that the rule leaves, in their order: of one priority, no later demand gets an earlier instant.</summary>
    public ImmutableArray<Place> Book(in BookingTerms terms, IReadOnlyList<Demand> demands)
    {
        var places = ImmutableArray.CreateBuilder<Place>(demands.Count);
        var (interactive, background) = (terms.Earliest, terms.Earliest);
        foreach (var demand in demands)
        {
            ref var earliest = ref demand.Background ? ref background : ref interactive;
            var instant = First(terms, demand, earliest);
            var grant = new Grant(instant - terms.Shape.Before, instant + terms.Shape.After, demand.Background);
            var booked = instant <= demand.Deadline;
            places.Add(new Place(instant, booked, grant));
            if (booked)
            {
                // Who asks for a later instant than the first does not hold up the others.
                earliest = demand.NotBefore > earliest ? earliest : instant;
                for (var i = 0; i < demand.Permits; i++)
                {
                    Add(grant);
                }
            }
        }

        return places.MoveToImmutable();
    }

    /// <summary>When a demand would be met.</summary>
    public long First(in BookingTerms terms, Demand demand) => First(terms, demand, terms.Earliest);

    /// <summary>The permits that could be used now without waiting. What is booked ahead counts, as if it were used.</summary>
    public int Free(long now) => now < _floor ? 0 : Math.Max(0, _limit - _all.Counting(now));

    /// <summary>The beginning of the last grant, or now if that is later.</summary>
    public long End(long now) => _all.Grants is [.., var last] ? Math.Max(now, last.From) : now;

    /// <summary>Writes the grants that still matter back.</summary>
    /// <param name="record">Where to.</param>
    /// <param name="past">An instant that is surely past.</param>
    public GrantRecord Into(GrantRecord record, long past)
    {
        var grants = _all.Grants.Where(grant => grant.Until + _window > past).ToImmutableArray();
        var excess = Math.Max(0, grants.Length - Kept);
        if (excess > 0)
        {
            _floor = Math.Max(_floor, grants.Take(excess).Max(grant => grant.Until) + _window);
        }

        return record with { Grants = grants.RemoveRange(0, excess), Floor = _floor > past ? _floor : 0 };
    }

    private long First(in BookingTerms terms, Demand demand, long earliest)
    {
        // Asking for none means: when is one free.
        var permits = Math.Max(demand.Permits, 1);
        var from = Math.Max(Math.Max(earliest, demand.NotBefore) - terms.Shape.Before, _floor);
        while (true)
        {
            from = Fit(terms, demand.Background, from, permits);
            var spaced = terms.Spacing > 0 && _all.Before(from) is { } previous ? previous.From + (terms.Spacing * permits) : from;
            if (spaced <= from)
            {
                return from + terms.Shape.Before;
            }

            from = spaced;
        }
    }

    private long Fit(in BookingTerms terms, bool background, long from, int permits)
    {
        var own = Own(background);
        while (true)
        {
            from = _all.First(from, terms.Shape.Width, permits);
            var later = own is null || from <= terms.Near ? from : own.First(from, terms.Shape.Width, permits);
            if (later == from)
            {
                return from;
            }

            from = later;
        }
    }

    private GrantTrack? Own(bool background) => background ? _background : _interactive;
}
