using TableRateLimiting.Grants;
using TableRateLimiting.Internal;

namespace TableRateLimiting.Machine;

/// <summary>
/// How far capacity is booked ahead, as this process's swaps find it, and what follows from it: how long it can wait for company before it books,
/// whether grants are spaced, and how many are booked for callers that will have come back by then.
/// </summary>
internal sealed class Congestion(Settings settings)
{
    /// <summary>How far ahead, in periods, permits are booked for callers still to come.</summary>
    private const int SpareHorizon = 8;

    private const int SwapsWithoutSpares = 4;
    private const int SwapsRemembered = 8;

    private readonly Queue<int> _callers = new(SwapsRemembered);
    private long? _fullSince;
    private long _backlog;
    private long _bookedUntil;
    private int _withoutSpares;

    /// <summary>How many callers there are, as far as the latest swaps have shown: those that use a permit are not seen.</summary>
    public int Callers => _callers.Count == 0 ? 1 : _callers.Max();

    /// <summary>How far capacity was booked ahead when this process last booked.</summary>
    public long Backlog => _backlog;

    /// <summary>How long a caller that uses its permit is expected back.</summary>
    public long Absence => settings.ShortestPeriod / 2;

    /// <summary>
    /// How long a booking can wait for company. Where others have booked ahead, a wait that is short beside that backlog costs no
    /// capacity: what comes of it is one swap for several callers instead of one for each.
    /// </summary>
    /// <param name="now">The instant of asking.</param>
    /// <param name="left">The time until the caller that waits would be refused: behind the backlog, half of it may be spent.</param>
    /// <param name="known">How long until the next free instant, as far as this process knows: others may have booked since.</param>
    public long Patience(long now, long left, long known)
    {
        var backlog = Math.Max(known, GoesOn(now) ? _backlog : 0);
        return Math.Clamp((left - backlog) / 2, 0, backlog / 2);
    }

    /// <summary>
    /// The least distance of a grant from the one before. Bunches of grants at one instant would follow each other for ever, and wake
    /// all callers of all processes at once; where the limit has been used up for a period without a break, grants are spaced. A little less than
    /// evenly, so that a delay is made up for.
    /// </summary>
    public long Spacing(long now, GrantShape shape) => _fullSince is { } since && now - since > settings.LongestPeriod && GoesOn(now)
        ? (settings.Window + shape.Width) * 19 / 20 / settings.PermitLimit
        : 0;

    /// <summary>Whether the limit was used up when this process last booked, and that tells something still.</summary>
    public bool Full(long now) => _fullSince is not null && GoesOn(now);

    /// <summary>
    /// Permits to book for callers that come back by then, one for every two callers. Where other processes write as well, a swap takes
    /// two trips however many it books for. After one was booked in vain the next swaps book none.
    /// </summary>
    public int Spares(int callers, long spacing) => spacing > 0 && _withoutSpares == 0 ? (callers + 1) / 2 : 0;

    /// <summary>The last instant at which a spare permit is of use. Nobody books further ahead than the longest wait: what is booked is void by then after a failure.</summary>
    public long SpareDeadline(long now, GrantShape shape) => now + Math.Min(SpareHorizon * (settings.Window + shape.Width), settings.MaxWait);

    /// <summary>A swap found so many callers, those included that had a slot already.</summary>
    public void Found(int callers)
    {
        if (_callers.Count == SwapsRemembered)
        {
            _callers.Dequeue();
        }

        _callers.Enqueue(callers);
    }

    /// <summary>A swap went in.</summary>
    /// <param name="now">When.</param>
    /// <param name="full">Whether it and what counted before use up the limit.</param>
    /// <param name="wait">How long after the earliest instant that a swap allows the first of them is served.</param>
    /// <param name="end">The instant of the last of them.</param>
    public void Booked(long now, bool full, long wait, long end)
    {
        _fullSince = !full ? null : GoesOn(now) ? _fullSince ?? now : now;
        (_backlog, _bookedUntil) = (Math.Max(0, wait), end);
        _withoutSpares = Math.Max(0, _withoutSpares - 1);
    }

    /// <summary>A spare permit was booked in vain.</summary>
    public void SpareLost() => _withoutSpares = SwapsWithoutSpares;

    /// <summary>Whether what was found last still tells something: this process's last booking is not long past.</summary>
    private bool GoesOn(long now) => now <= _bookedUntil + settings.ShortestPeriod;
}
