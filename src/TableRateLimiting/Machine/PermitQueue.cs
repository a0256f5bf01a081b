using System.Threading.RateLimiting;
using TableRateLimiting.Grants;
using TableRateLimiting.Internal;

namespace TableRateLimiting.Machine;

/// <summary>
/// The callers of this process and the instants booked for them. Slots belong to the queue, not to a caller: when one comes due, the
/// caller whose turn it is takes it, so a caller that gave up leaves its slot to the next.
/// </summary>
internal sealed class PermitQueue(Settings settings)
{
    private readonly List<QueuedRequest> _requests = [];
    private readonly List<Slot> _slots = [];
    private readonly QueueOrder _turns = new(settings);

    /// <summary>Permits that callers wait for.</summary>
    public int Waiting => _requests.Sum(request => request.Permits);

    /// <summary>How many callers wait.</summary>
    public int Callers => _requests.Count;

    /// <summary>Since when the first of them waits; null when nobody does.</summary>
    public long? WaitingSince => IsEmpty ? null : _requests[0].Arrived;

    public bool IsEmpty => _requests.Count == 0;

    /// <summary>Whether somebody who does not queue may go first.</summary>
    public bool MayPass => IsEmpty || settings.Order == QueueProcessingOrder.NewestFirst;

    /// <summary>Permits that count against the queue's limit.</summary>
    private int Counted => _requests.Where(request => request.Counts).Sum(request => request.Permits);

    /// <summary>Puts a request to its place by arrival.</summary>
    public void Add(QueuedRequest request)
    {
        var after = _requests.FindLastIndex(other => other.Order < request.Order);
        _requests.Insert(after + 1, request);
    }

    public bool Remove(QueuedRequest request) => _requests.Remove(request);

    /// <summary>Makes room for a newcomer that has to wait for capacity, or finds that there is none.</summary>
    /// <returns>Those that had to leave for it, or null when it cannot be queued.</returns>
    public List<QueuedRequest>? MakeRoom(int permits)
    {
        var leaving = new List<QueuedRequest>();
        var excess = (long)Counted + permits - settings.QueueLimit;
        if (excess <= 0)
        {
            return leaving;
        }

        if (settings.Order == QueueProcessingOrder.OldestFirst || permits > settings.QueueLimit)
        {
            return null;
        }

        foreach (var oldest in _requests.Where(request => request.Counts).TakeWhile(_ => excess > 0))
        {
            excess -= oldest.Permits;
            leaving.Add(oldest);
        }

        leaving.ForEach(request => _requests.Remove(request));
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
    public List<(QueuedRequest Request, Slot Slot)> Serve(long now)
    {
        var served = new List<(QueuedRequest, Slot)>();
        for (var i = 0; i < _slots.Count && _slots[i].Instant <= now; i++)
        {
            var slot = _slots[i];
            foreach (var request in InTurn().Where(request => request.Permits <= slot.Permits && !request.Ahead).ToList())
            {
                if (request.Permits <= _slots[i].Permits)
                {
                    _slots[i] = _slots[i] with { Permits = _slots[i].Permits - request.Permits };
                    _requests.Remove(request);
                    _turns.Served(request, _requests.Exists(other => other.Background));
                    served.Add((request, slot with { Permits = request.Permits }));
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
    public List<QueuedRequest> Unmet(long now) => Match(now).Unmet;

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
    public List<QueuedRequest> TakeExpired(long now)
    {
        var expired = _requests.FindAll(request => request.Deadline <= now);
        expired.ForEach(request => _requests.Remove(request));
        return expired;
    }

    public List<QueuedRequest> TakeAll()
    {
        List<QueuedRequest> all = [.. _requests];
        _requests.Clear();
        return all;
    }

    /// <summary>The last slot up to an instant.</summary>
    public long? LastSlot(long until) => _slots.FindLast(slot => slot.Instant <= until) is { Permits: > 0 } last ? last.Instant : null;

    /// <summary>The next slot.</summary>
    public long? NextSlot(long now) => _slots.Find(slot => slot.Instant > now) is { Permits: > 0 } next ? next.Instant : null;

    /// <summary>When something has to happen next, or null when nobody waits.</summary>
    public long? NextEvent(long now) => _requests.Count == 0
        ? null
        : _slots.Where(slot => slot.Instant > now).Select(slot => slot.Instant).Concat(_requests.Select(request => request.Deadline)).Min();

    private (List<QueuedRequest> Unmet, List<Slot> Left) Match(long now)
    {
        var left = _slots.FindAll(slot => slot.UsableUntil >= now);
        var unmet = new List<QueuedRequest>();
        foreach (var request in InTurn())
        {
            var fit = request.Ahead ? -1 : left.FindIndex(slot => slot.Permits >= request.Permits && slot.Instant <= request.Deadline);
            if (fit < 0)
            {
                unmet.Add(request);
                continue;
            }

            left[fit] = left[fit] with { Permits = left[fit].Permits - request.Permits };
            if (left[fit].Permits == 0)
            {
                left.RemoveAt(fit);
            }
        }

        return (unmet, left);
    }

    private IEnumerable<QueuedRequest> InTurn() => _turns.Of(_requests);
}
