using System.Collections.Immutable;
using TableRateLimiting.Grants;
using TableRateLimiting.Internal;
using TableRateLimiting.Storage;

namespace TableRateLimiting.Machine;

/// <summary>Makes the next record: instants for those who wait, and whatever else this process has to bring into it.</summary>
internal sealed class SlotReserver(LimiterContext context, PermitQueue queue, UnwrittenChanges changes)
{
    /// <summary>How often a caller that is refused leaves a mark that its priority is in use.</summary>
    private const long MarkAgainAfter = TimeSpan.TicksPerSecond;

    /// <summary>An instant of this process's scale on the service's; long.MinValue, any instant, stays that.</summary>
    public static long ToService(long local, long offset) => local == long.MinValue ? local : local + offset;

    /// <summary>Up to here whatever is free may be taken, by either priority.</summary>
    public static long Near(long earliest, Settings settings) => earliest + (settings.Window / 2);

    /// <summary>Makes the next record.</summary>
    /// <param name="record">The record as it is.</param>
    /// <param name="service">The service's time.</param>
    /// <param name="shared">Whether other processes write as well.</param>
    /// <param name="doubtful">Whether an earlier attempt may have gone in unnoticed.</param>
    /// <returns>The new record, or null when there is nothing to write; and what holds when it is written.</returns>
    public (GrantRecord? Next, SwapPlan Plan) Make(GrantRecord record, ClockReading service, bool shared, bool doubtful)
    {
        if (doubtful)
        {
            // An earlier attempt may have taken them out already, and an equal grant may be another process's by now.
            changes.ForgetReturned();
        }

        var (offset, uncertainty) = service;
        var now = context.Now + offset;
        var requests = queue.Unmet(context.Now);
        var brought = changes.Snapshot();
        var pausedUntil = Math.Max(brought.Lift ? 0 : record.PausedUntil, brought.Pause + offset ?? 0);
        var calendar = new GrantCalendar(context.Settings, record, now);
        var changed = Bring(brought, calendar, offset, uncertainty);

        var usual = Terms(calendar, requests, now, pausedUntil, uncertainty);
        var terms = AtOnce(calendar, requests, usual) ?? usual;
        var full = requests.Sum(request => request.Permits) >= calendar.Free(now);
        var places = calendar.Book(
            terms,
            [.. requests.Select(request => request.Demand with { Deadline = request.Deadline + offset, NotBefore = ToService(request.Demand.NotBefore, offset) })]);
        ImmutableArray<Place> spares = shared && places.All(place => place.Booked) ? [.. BookSpares(calendar, terms, requests)] : [];
        context.Metrics.Booked(TimeSpan.FromTicks(usual.Shape.Width), TimeSpan.FromTicks(context.Lead.Current));

        var marked = Marked(record, requests, places, now);
        changed |= marked is not null || spares.Length > 0 || pausedUntil != record.PausedUntil;
        return (
            changed ? calendar.Into((marked ?? record) with { PausedUntil = pausedUntil }, now - uncertainty) : null,
            new SwapPlan(
                [.. requests.Zip(places, (request, place) => new Reservation(request, place.Booked, Slot.Of(place, terms.Shape.Tolerance, request.Permits, offset)))],
                [.. spares.Select(place => Slot.Of(place, terms.Shape.Tolerance, 1, offset, spare: true))],
                context.Moment.Freezes,
                brought,
                full,
                places.Length == 0 ? 0 : places[0].Instant - Math.Max(terms.Earliest, ToService(requests[0].Demand.NotBefore, offset))));
    }

    private static bool Bring(RecordChanges brought, GrantCalendar calendar, long offset, long uncertainty)
    {
        var any = brought.Reported.Length > 0;
        foreach (var grant in brought.Returned)
        {
            any |= calendar.Remove(grant);
        }

        foreach (var grant in brought.Reported)
        {
            calendar.Add(grant with { From = grant.From + offset - uncertainty, Until = grant.Until + offset + uncertainty });
        }

        return any;
    }

    private BookingTerms Terms(GrantCalendar calendar, List<QueuedRequest> requests, long now, long pausedUntil, long uncertainty)
    {
        // Until the grant is used the two clocks may drift apart further.
        var settings = context.Settings;
        var ahead = calendar.End(Math.Max(now, pausedUntil)) - now
            + (settings.LongestPeriod * (1 + (requests.Sum(request => request.Permits) / settings.PermitLimit)));
        var shape = context.Margin.Current(uncertainty + StorageClock.Drift(ahead), context.Congestion.Backlog);
        var earliest = Math.Max(now + context.Lead.Current, pausedUntil);
        return new BookingTerms(now, earliest, shape, Near(earliest, settings), context.Congestion.Spacing(context.Now, shape));
    }

    /// <summary>
    /// Where enough is free, callers need not sleep until a swap has surely been written: their grants begin now, are wider by the lead, and are used
    /// when it is written. Under load the width would cost rate.
    /// </summary>
    private BookingTerms? AtOnce(GrantCalendar calendar, List<QueuedRequest> requests, in BookingTerms usual)
    {
        var permits = requests.Sum(request => request.Permits);
        if (permits == 0
            || context.Congestion.Full(context.Now)
            || usual.Earliest > usual.Now + context.Lead.Current
            || requests.Exists(request => request.Ahead)
            || calendar.Free(usual.Now) < permits)
        {
            return null;
        }

        var lead = context.Lead.Current;
        var shape = usual.Shape with { After = usual.Shape.After + lead, Tolerance = usual.Shape.Tolerance + lead };
        return usual with { Earliest = usual.Now, Shape = shape };
    }

    private IEnumerable<Place> BookSpares(GrantCalendar calendar, in BookingTerms terms, List<QueuedRequest> requests)
    {
        var spares = requests.TrueForAll(request => request is { Permits: 1, Ahead: false }) ? context.Congestion.Spares(requests.Count, terms.Spacing) : 0;
        var demand = new Demand(1, context.Congestion.SpareDeadline(terms.Now, terms.Shape), Background: requests.TrueForAll(request => request.Background));
        return calendar.Book(terms, [.. Enumerable.Repeat(demand, spares)]).Where(place => place.Booked);
    }

    /// <summary>Marks in the record which priorities are wanted. Null: nothing is booked, and the marks are fresh.</summary>
    private static GrantRecord? Marked(GrantRecord record, List<QueuedRequest> requests, ImmutableArray<Place> places, long now)
    {
        GrantRecord? marked = null;
        foreach (var (request, place) in requests.Zip(places))
        {
            if (place.Booked || record.Seen(request.Background) < now - MarkAgainAfter)
            {
                marked = (marked ?? record).Wanted(request.Background, place.Booked ? place.Instant : now);
            }
        }

        return marked;
    }
}
