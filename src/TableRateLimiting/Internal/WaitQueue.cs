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
    private readonly TurnOrder _turns = new(settings);

    /// <summary>Permits that callers wait for.</summary>
    public int Waiting => _waiters.Sum(waiter => waiter.Permits);

    /// <summary>How many callers wait.</summary>
    public int Callers => _waiters.Count;

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

    /// <summary>Takes back slots.</summary>
    /// <returns>Those taken back, which nobody has used.</returns>
    public List<Slot> Drop(Predicate<Slot> which)
    {
        var dropped = _slots.FindAll(which);
        if (dropped.Count > 0)
        {
            _slots.RemoveAll(which);
        }

        return dropped;
    }

    /// <summary>Hands out what is due.</summary>
    public List<(Waiter Waiter, Slot Slot)> Serve(long now)
    {
        var served = new List<(Waiter, Slot)>();
        for (var i = 0; i < _slots.Count && _slots[i].Instant <= now; i++)
        {
            var slot = _slots[i];
            foreach (var waiter in InTurn().Where(waiter => waiter.Permits <= slot.Permits && !waiter.Ahead).ToList())
            {
                if (waiter.Permits <= _slots[i].Permits)
                {
                    _slots[i] = _slots[i] with { Permits = _slots[i].Permits - waiter.Permits };
                    _waiters.Remove(waiter);
                    _turns.Served(waiter, _waiters.Exists(other => other.Background));
                    served.Add((waiter, slot with { Permits = waiter.Permits }));
                }
            }
        }

        _slots.RemoveAll(slot => slot.Permits == 0 && slot.Instant <= now);
        return served;
    }

    /// <summary>Takes permits that are due.</summary>
    public bool TakeDue(int permits, long now)
    {
        var index = _slots.FindIndex(slot => slot.Permits >= permits && slot.Instant <= now && slot.UsableUntil >= now);
        if (index < 0)
        {
            return false;
        }

        _slots[index] = _slots[index] with { Permits = _slots[index].Permits - permits };
        return true;
    }

    /// <summary>Those that no slot is booked for, in the order in which they are to be served.</summary>
    public List<Waiter> Unmet(long now) => Match(now).Unmet;

    /// <summary>Slots that were booked for callers who have gone, and that nobody else of this process waits for.</summary>
    public List<Slot> Surplus(long now) => _slots.Count == 0 ? [] : Match(now).Left.FindAll(slot => !slot.Spare);

    /// <summary>Takes out so many permits of the slot at this instant.</summary>
    public void Take(Slot surplus)
    {
        var index = _slots.FindIndex(slot => slot.Instant == surplus.Instant && slot.Grant == surplus.Grant && slot.Permits >= surplus.Permits);
        _slots[index] = _slots[index] with { Permits = _slots[index].Permits - surplus.Permits };
        _slots.RemoveAll(slot => slot.Permits == 0);
    }

    /// <summary>Those whose time is over.</summary>
    public List<Waiter> TakeExpired(long now)
    {
        var expired = _waiters.FindAll(waiter => waiter.Deadline <= now);
        expired.ForEach(waiter => _waiters.Remove(waiter));
        return expired;
    }

    public List<Waiter> TakeAll()
    {
        List<Waiter> all = [.. _waiters];
        _waiters.Clear();
        return all;
    }

    /// <summary>The last slot up to an instant.</summary>
    public long? LastSlot(long until) => _slots.FindLast(slot => slot.Instant <= until) is { Permits: > 0 } last ? last.Instant : null;

    /// <summary>The next slot.</summary>
    public long? NextSlot(long now) => _slots.Find(slot => slot.Instant > now) is { Permits: > 0 } next ? next.Instant : null;

    /// <summary>When something has to happen next, or null when nobody waits.</summary>
    public long? NextEvent(long now) => _waiters.Count == 0
        ? null
        : _slots.Where(slot => slot.Instant > now).Select(slot => slot.Instant).Concat(_waiters.Select(waiter => waiter.Deadline)).Min();

    private (List<Waiter> Unmet, List<Slot> Left) Match(long now)
    {
        var left = _slots.FindAll(slot => slot.UsableUntil >= now);
        var unmet = new List<Waiter>();
        foreach (var waiter in InTurn())
        {
            var fit = waiter.Ahead ? -1 : left.FindIndex(slot => slot.Permits >= waiter.Permits && slot.Instant <= waiter.Deadline);
            if (fit < 0)
            {
                unmet.Add(waiter);
                continue;
            }

            left[fit] = left[fit] with { Permits = left[fit].Permits - waiter.Permits };
            if (left[fit].Permits == 0)
            {
                left.RemoveAt(fit);
            }
        }

        return (unmet, left);
    }

    private IEnumerable<Waiter> InTurn() => _turns.Of(_waiters);
}
