namespace TableRateLimiting.Internal;

/// <summary>Starts what is to be done at storage, when it is time for it, and tells when to look again. The gate is held.</summary>
internal sealed class BookingPlanner(
    LimiterParts parts, WaitQueue queue, BookingDesk desk, SlotKeeper slots, BookingLoop loop, StorageWatch watch)
{
    private readonly BookingSchedule _schedule = new(desk, parts.Swapper, parts.Congestion, parts.Lead);
    private long _checkedAt = long.MinValue;

    /// <summary>Starts what is due.</summary>
    /// <param name="now">The instant of asking.</param>
    /// <param name="servedAt">When a caller of this process last got its permit.</param>
    /// <returns>When to look again, or null: when something happens.</returns>
    public long? Plan(long now, long servedAt)
    {
        if (slots.GiveBackSurplus(now))
        {
            loop.Wake();
        }

        var next = Earlier(queue.NextEvent(now), CheckPause(now));
        var unmet = queue.Unmet(now);
        if (unmet.Count == 0)
        {
            _schedule.Clear();
            return next;
        }

        var at = loop.Running ? long.MaxValue : _schedule.At(now, unmet, queue, servedAt);
        if (at <= now)
        {
            loop.Wake();
            return next;
        }

        return Earlier(next, at);
    }

    /// <summary>A booking has come in.</summary>
    public void Booked() => _schedule.Clear();

    private static long? Earlier(long? one, long? other) => one is null || other < one ? other ?? one : one;

    /// <summary>Looks for a pause shortly before a slot that was booked long ago.</summary>
    /// <returns>When to look, or null: no need to.</returns>
    private long? CheckPause(long now)
    {
        if (parts.Settings.PauseCheckAfter is not { } age
            || desk.FallenBack
            || queue.NextSlot(now) is not { } slot
            || Math.Max(parts.Swapper.SeenAt, _checkedAt) >= slot - age)
        {
            return null;
        }

        var look = slot - (2 * parts.Lead.Current);
        if (look > now)
        {
            return look;
        }

        _checkedAt = now;
        watch.CheckPause();
        return null;
    }
}
