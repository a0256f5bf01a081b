namespace TableRateLimiting.Machine;

/// <summary>
/// When to swap for those who wait. There is no hurry while the next free instant is far away: whoever asks until then shares the swap, and a pause
/// or a caller that gives up costs nothing.
/// </summary>
internal sealed class SwapScheduler(LimiterContext context, PermitQueue queue, WaitEstimator estimator, SwapProtocol protocol)
{
    /// <summary>Timers count whole milliseconds, and fire a little late.</summary>
    private const long TimerSlack = 4 * TimeSpan.TicksPerMillisecond;

    private long? _since;
    private long _servedAt = long.MinValue / 2;

    /// <summary>A caller of this process got its permits.</summary>
    public void Served() => _servedAt = context.Now;

    /// <summary>When to begin the swap; now or before: at once.</summary>
    /// <param name="unmet">Those that no slot is booked for, in the order of their turns; at least one.</param>
    public long At(List<QueuedRequest> unmet)
    {
        var now = context.Now;
        _since ??= now;
        if (unmet.Exists(request => request.Ahead))
        {
            return now;
        }

        if (protocol.Shared)
        {
            return unmet.Count >= context.Congestion.Callers ? now : Company(unmet[0]);
        }

        var (instant, atOnce) = estimator.Expect([], unmet[0].Demand);
        return atOnce || instant > unmet[0].Deadline ? now : instant - protocol.Expected - (context.Lead.Current / 4) - TimerSlack;
    }

    /// <summary>Nobody waits without a slot any more.</summary>
    public void Clear() => _since = null;

    /// <summary>
    /// Others book as well: what this process knows is old, and who comes first is served first. So it waits only for callers of its own that are
    /// about to come back: those whose slots come soon, and those who are using their permits.
    /// </summary>
    private long Company(QueuedRequest first)
    {
        var now = context.Now;
        var known = estimator.Expect([], first.Demand).Instant - now;
        var patience = context.Congestion.Patience(now, first.Deadline - now, known);
        if (queue.LastSlot(until: _since!.Value + patience) is { } soon && soon > now)
        {
            return soon;
        }

        return queue.Callers < context.Congestion.Callers ? Math.Min(_since.Value + patience, _servedAt + context.Congestion.Absence) : now;
    }
}
