using TableRateLimiting.Grants;

namespace TableRateLimiting.Machine;

/// <summary>What this process can tell without asking storage: when a request would be met, what is free, how long a pause lasts.</summary>
internal sealed class WaitEstimator(LimiterContext context, PermitQueue queue, UnwrittenChanges changes, SwapProtocol protocol, FallbackShare fallback)
{
    private (GrantRecord Record, GrantCalendar Calendar)? _seen;

    /// <summary>The end of the pause as far as this process knows; long ago when there is none.</summary>
    public long PausedUntil => Math.Max(
        changes.Pause ?? long.MinValue,
        protocol.LastSeen is { PausedUntil: > 0 } seen && context.Moment.Service is { Offset: var offset } ? seen.PausedUntil - offset : long.MinValue);

    /// <summary>How long until an instant.</summary>
    public TimeSpan Until(long instant) => TimeSpan.FromTicks(Math.Max(0, instant - context.Now));

    /// <summary>When a newcomer would have its permits, and whether that is as soon as a swap allows.</summary>
    public (long Instant, bool AtOnce) Expect(QueuedRequest newcomer)
    {
        queue.Add(newcomer);
        var ahead = queue.Unmet(context.Now);
        queue.Remove(newcomer);
        var place = ahead.IndexOf(newcomer);
        return place < 0 ? (context.Now, true) : Expect([.. ahead.Take(place).Select(request => request.Demand)], newcomer.Demand);
    }

    /// <summary>When a demand would be met, after those ahead of it, and whether that is as soon as a swap allows.</summary>
    public (long Instant, bool AtOnce) Expect(IReadOnlyList<Demand> ahead, Demand demand)
    {
        var now = context.Now;
        var paused = PausedUntil;
        if (fallback.Active)
        {
            var own = fallback.Plan(now, paused, context.Margin.Current(0, 0), [.. ahead, demand])[^1].Instant;
            return (own, own <= now);
        }

        var earliest = Math.Max(now + context.Lead.Current, paused);
        if (protocol.LastSeen is not { } seen || context.Moment.Service is not { Offset: var offset, Uncertainty: var uncertainty })
        {
            return (earliest, paused <= now && ahead.Sum(other => other.Permits) + demand.Permits <= context.Settings.PermitLimit);
        }

        var shape = context.Margin.Current(uncertainty, context.Congestion.Backlog);
        var terms = new BookingTerms(
            now + offset, earliest + offset, shape, SlotReserver.Near(earliest + offset, context.Settings), context.Congestion.Spacing(now, shape));
        var instant = First(seen, terms, ahead, demand with { NotBefore = SlotReserver.ToService(demand.NotBefore, offset) }) - offset;
        return (instant, instant <= earliest && paused <= now);
    }

    /// <summary>Permits that this process knows to be free.</summary>
    public int Free()
    {
        var now = context.Now;
        if (fallback.Active)
        {
            return fallback.Free(now, PausedUntil);
        }

        return PausedUntil > now ? 0
            : protocol.LastSeen is { } seen && context.Moment.Service is { Offset: var offset } ? Seen(seen, now + offset).Free(now + offset)
            : context.Settings.PermitLimit;
    }

    private long First(GrantRecord seen, in BookingTerms terms, IReadOnlyList<Demand> ahead, Demand demand)
    {
        if (ahead.Count == 0)
        {
            return Seen(seen, terms.Now).First(terms, demand);
        }

        var calendar = new GrantCalendar(context.Settings, seen, terms.Now);
        calendar.Book(terms, [.. ahead.Select(other => other with { Deadline = long.MaxValue, NotBefore = long.MinValue })]);
        return calendar.Book(terms, [demand with { Deadline = long.MaxValue }])[0].Instant;
    }

    private GrantCalendar Seen(GrantRecord record, long now)
    {
        if (_seen is not { } seen || !ReferenceEquals(seen.Record, record))
        {
            _seen = seen = (record, new GrantCalendar(context.Settings, record, now));
        }

        return seen.Calendar;
    }
}
