namespace TableRateLimiting.Internal;

/// <summary>
/// When to book for those who wait. There is no hurry while the next free instant is far away: whoever asks until then shares the swap, and a pause
/// or a caller that gives up costs nothing. Not thread-safe; the limiter locks it.
/// </summary>
internal sealed class BookingSchedule(BookingDesk desk, GrantSwapper swapper, Congestion congestion, LeadEstimator lead)
{
    /// <summary>Timers count whole milliseconds, and fire a little late.</summary>
    private const long TimerSlack = 4 * TimeSpan.TicksPerMillisecond;

    private long? _since;

    /// <summary>When to begin the swap; now or before: at once.</summary>
    /// <param name="now">The instant of asking.</param>
    /// <param name="unmet">Those that no slot is booked for, in the order of their turns; at least one.</param>
    /// <param name="queue">Their queue, with what is booked.</param>
    /// <param name="servedAt">When a caller of this process last got its permit.</param>
    public long At(long now, IReadOnlyList<Waiter> unmet, WaitQueue queue, long servedAt)
    {
        _since ??= now;
        if (desk.FallenBack || unmet.Any(waiter => waiter.Ahead))
        {
            return now;
        }

        if (swapper.Shared)
        {
            return unmet.Count >= congestion.Callers ? now : Company(now, unmet[0].Deadline - now, queue, servedAt);
        }

        var (instant, atOnce) = desk.Expect([], unmet[0].Demand);
        return atOnce || instant > unmet[0].Deadline ? now : instant - swapper.Expected - (lead.Current / 4) - TimerSlack;
    }

    /// <summary>Nobody waits without a slot any more.</summary>
    public void Clear() => _since = null;

    /// <summary>
    /// Others book as well: what this process knows is old, and who comes first is served first. So it waits only for callers of its own that are
    /// about to come back: those whose slots come soon, and those who are using their permits.
    /// </summary>
    private long Company(long now, long left, WaitQueue queue, long servedAt)
    {
        var patience = congestion.Patience(now, left);
        if (queue.LastSlot(until: _since!.Value + patience) is { } soon && soon > now)
        {
            return soon;
        }

        return queue.Callers < congestion.Callers ? Math.Min(_since.Value + patience, servedAt + congestion.Absence) : now;
    }
}
