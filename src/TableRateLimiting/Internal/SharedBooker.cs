using System.Collections.Immutable;

namespace TableRateLimiting.Internal;

/// <summary>Books instants in the shared record.</summary>
internal sealed class SharedBooker(LimiterParts parts)
{
    /// <summary>How often a caller that is refused leaves a mark that its priority is in use.</summary>
    private const long MarkAgainAfter = TimeSpan.TicksPerSecond;

    /// <summary>An instant of this process's scale on the service's; long.MinValue, any instant, stays that.</summary>
    public static long ToService(long local, long offset) => local == long.MinValue ? local : local + offset;

    /// <summary>Up to here whatever is free may be taken, by either priority.</summary>
    public static long Near(long earliest, Settings settings) => earliest + (settings.Window / 2);

    /// <summary>Books in the record, after what else is to be brought into it. The gate is held.</summary>
    /// <param name="record">The record as it is.</param>
    /// <param name="waiters">Those to book for, in the order of their turns.</param>
    /// <param name="unreported">Grants given while storage was away, on this process's scale.</param>
    /// <param name="returned">Grants that were not used.</param>
    /// <param name="pause">The end of a pause that is not in the record yet, on this process's scale.</param>
    /// <returns>The new record, or null when there is nothing to write; and what is booked when it is written.</returns>
    /// <exception cref="InvalidOperationException">The service's time is not known.</exception>
    public (GrantRecord? Next, SharedBooking Booking) Book(
        GrantRecord record, List<Waiter> waiters, ImmutableArray<Grant> unreported, ImmutableArray<Grant> returned, long? pause)
    {
        var freezes = parts.Clock.Freezes;
        var (offset, uncertainty) = parts.Clock.Reading ?? throw new InvalidOperationException("The service's time was lost; it is asked for again.");
        var now = parts.Clock.Elapsed + offset;
        var pausedUntil = Math.Max(record.PausedUntil, pause + offset ?? 0);
        var calendar = new GrantCalendar(parts.Settings, record, now);
        var anyReturned = false;
        foreach (var grant in returned)
        {
            anyReturned |= calendar.Remove(grant);
        }

        foreach (var grant in unreported)
        {
            calendar.Add(grant with { From = grant.From + offset - uncertainty, Until = grant.Until + offset + uncertainty });
        }

        // Until the grant is used the two clocks may drift apart further.
        var ahead = calendar.End(Math.Max(now, pausedUntil)) - now + (parts.Settings.LongestPeriod * (1 + (waiters.Sum(waiter => waiter.Permits) / parts.Settings.PermitLimit)));
        var shape = parts.Margin.Current(uncertainty + StorageClock.Drift(ahead), parts.Congestion.Backlog);
        var earliest = Math.Max(now + parts.Lead.Current, pausedUntil);
        var terms = new BookingTerms(now, earliest, shape, Near(earliest, parts.Settings), parts.Congestion.Spacing(now - offset, shape));
        var full = waiters.Sum(waiter => waiter.Permits) >= calendar.Free(now);
        var places = calendar.Book(
            terms,
            [.. waiters.Select(waiter => waiter.Demand with { Deadline = waiter.Deadline + offset, NotBefore = ToService(waiter.Demand.NotBefore, offset) })]);
        ImmutableArray<Place> spares = places.All(place => place.Booked) ? [.. BookSpares(calendar, terms, waiters)] : [];
        parts.Metrics.Booked(TimeSpan.FromTicks(shape.Width), TimeSpan.FromTicks(parts.Lead.Current));

        var next = Marked(record, waiters, places, now);
        var changed = next is not null || spares.Length > 0 || anyReturned || unreported.Length > 0 || pausedUntil != record.PausedUntil;
        return (
            changed ? calendar.Into((next ?? record) with { PausedUntil = pausedUntil }, now - uncertainty) : null,
            new SharedBooking(
                [.. waiters.Zip(places, (waiter, place) => new Appointment(waiter, place.Booked, place.Slot(shape, waiter.Permits, offset)))],
                [.. spares.Select(place => place.Slot(shape, 1, offset, spare: true))],
                freezes,
                unreported,
                returned,
                pause,
                full,
                places.Length == 0 ? 0 : places[0].Instant - Math.Max(earliest, ToService(waiters[0].Demand.NotBefore, offset))));
    }

    private IEnumerable<Place> BookSpares(GrantCalendar calendar, in BookingTerms terms, List<Waiter> waiters)
    {
        var spares = parts.Swapper.Shared && waiters.TrueForAll(waiter => waiter is { Permits: 1, Ahead: false }) ? parts.Congestion.Spares(waiters.Count, terms.Spacing) : 0;
        var demand = new Demand(1, parts.Congestion.SpareDeadline(terms.Now, terms.Shape), Background: waiters.TrueForAll(waiter => waiter.Background));
        return calendar.Book(terms, [.. Enumerable.Repeat(demand, spares)]).Where(place => place.Booked);
    }

    /// <summary>Marks in the record which priorities are wanted. Null: nothing is booked, and the marks are fresh.</summary>
    private static GrantRecord? Marked(GrantRecord record, List<Waiter> waiters, ImmutableArray<Place> places, long now)
    {
        GrantRecord? marked = null;
        foreach (var (waiter, place) in waiters.Zip(places))
        {
            if (place.Booked || record.Seen(waiter.Background) < now - MarkAgainAfter)
            {
                marked = (marked ?? record).Wanted(waiter.Background, place.Booked ? place.Instant : now);
            }
        }

        return marked;
    }
}
