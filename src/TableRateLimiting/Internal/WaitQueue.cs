using System.Threading.RateLimiting;

namespace TableRateLimiting.Internal;

/// <summary>
/// The callers of this process and the instants booked for them. Slots belong to the queue, not to a caller: when one comes due, the
/// caller whose turn it is takes it, so a caller that gave up leaves its slot to the next. Not thread-safe; the limiter locks it.
/// </summary>
internal sealed class WaitQueue(Settings settings)
{
    private readonly List<Waiter> _waiters = [];
    private readonly List<Slot> _slots = [];

    /// <summary>Permits that callers wait for.</summary>
    public int Waiting => _waiters.Sum(waiter => waiter.Permits);

    public bool IsEmpty => _waiters.Count == 0;

    /// <summary>Permits that count against the queue's limit.</summary>
    private int Counted => _waiters.Where(waiter => waiter.Counts).Sum(waiter => waiter.Permits);

    /// <summary>Puts a waiter to its place by arrival.</summary>
    public void Add(Waiter waiter)
    {
        var after = _waiters.FindLastIndex(other => other.Order < waiter.Order);
        _waiters.Insert(after + 1, waiter);
    }

    public bool Remove(Waiter waiter) => _waiters.Remove(waiter);

    /// <summary>Makes room for a newcomer that has to wait for capacity, or finds that there is none.</summary>
    /// <returns>Those that had to leave for it, or null when it cannot be queued.</returns>
    public List<Waiter>? MakeRoom(int permits)
    {
        var leaving = new List<Waiter>();
        var excess = (long)Counted + permits - settings.QueueLimit;
        if (excess <= 0)
        {
            return leaving;
        }

        if (settings.Order == QueueProcessingOrder.OldestFirst || permits > settings.QueueLimit)
        {
            return null;
        }

        foreach (var oldest in _waiters.Where(waiter => waiter.Counts).TakeWhile(_ => excess > 0))
        {
            excess -= oldest.Permits;
            leaving.Add(oldest);
        }

        leaving.ForEach(waiter => _waiters.Remove(waiter));
        return leaving;
    }

    public void Book(Slot slot)
    {
        var after = _slots.FindLastIndex(other => other.Instant <= slot.Instant);
        _slots.Insert(after + 1, slot);
    }

    /// <summary>Takes back every slot in the span.</summary>
    /// <returns>The permits lost.</returns>
    public int Drop(long from, long until)
    {
        var lost = _slots.Where(slot => slot.Instant >= from && slot.Instant < until).Sum(slot => slot.Permits);
        _slots.RemoveAll(slot => slot.Instant >= from && slot.Instant < until);
        return lost;
    }

    /// <summary>Hands out what is due, and drops what is past: a permit used late would stand too close to the next ones.</summary>
    /// <returns>Who gets a permit, until when it is usable, and the permits that were dropped.</returns>
    public (List<(Waiter Waiter, long UsableUntil)> Served, int Voided) Serve(long now)
    {
        var voided = Drop(long.MinValue, now - settings.LateTolerance);
        var served = new List<(Waiter, long)>();
        for (var i = 0; i < _slots.Count && _slots[i].Instant <= now; i++)
        {
            var slot = _slots[i];
            var left = slot.Permits;
            foreach (var waiter in InTurn().Where(waiter => waiter.Permits <= slot.Permits).ToList())
            {
                if (waiter.Permits <= left)
                {
                    left -= waiter.Permits;
                    _waiters.Remove(waiter);
                    served.Add((waiter, slot.Instant + settings.LateTolerance));
                }
            }

            _slots[i] = slot with { Permits = left };
        }

        _slots.RemoveAll(slot => slot.Permits == 0 && slot.Instant <= now);
        return (served, voided);
    }

    /// <summary>Takes permits that are due and that nobody before the caller waits for.</summary>
    public long? TakeSpare(int permits, long now)
    {
        var index = _slots.FindIndex(slot => slot.Permits >= permits && slot.Instant <= now && slot.Instant + settings.LateTolerance >= now);
        if (index < 0)
        {
            return null;
        }

        var slot = _slots[index];
        _slots[index] = slot with { Permits = slot.Permits - permits };
        return slot.Instant + settings.LateTolerance;
    }

    /// <summary>Those that no slot is booked for, in the order in which they are to be served.</summary>
    public List<Waiter> Unmet(long now)
    {
        var slots = _slots.Where(slot => slot.Instant + settings.LateTolerance >= now).ToList();
        var unmet = new List<Waiter>();
        foreach (var waiter in InTurn())
        {
            var fit = slots.FindIndex(slot => slot.Permits >= waiter.Permits && slot.Instant <= waiter.Deadline);
            if (fit < 0)
            {
                unmet.Add(waiter);
            }
            else
            {
                slots[fit] = slots[fit] with { Permits = slots[fit].Permits - waiter.Permits };
                if (slots[fit].Permits == 0)
                {
                    slots.RemoveAt(fit);
                }
            }
        }

        return unmet;
    }

    /// <summary>Those whose time is over.</summary>
    public List<Waiter> TakeExpired(long now)
    {
        var expired = _waiters.Where(waiter => waiter.Deadline <= now).ToList();
        expired.ForEach(waiter => _waiters.Remove(waiter));
        return expired;
    }

    public List<Waiter> TakeAll()
    {
        List<Waiter> all = [.. _waiters];
        _waiters.Clear();
        return all;
    }

    /// <summary>When something has to happen next, or null when nobody waits.</summary>
    public long? NextEvent(long now) => _waiters.Count == 0
        ? null
        : _slots.Where(slot => slot.Instant > now).Select(slot => slot.Instant).Concat(_waiters.Select(waiter => waiter.Deadline)).Min();

    private IEnumerable<Waiter> InTurn() => settings.Order == QueueProcessingOrder.OldestFirst ? _waiters : _waiters.AsEnumerable().Reverse();
}
