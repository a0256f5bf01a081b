using System.Threading.RateLimiting;
using Microsoft.Extensions.Logging;

namespace TableRateLimiting.Internal;

/// <summary>
/// Where callers wait for their instants: lets them in, has the desk book for them, wakes them, and turns them away when their time is over.
/// No polling: one timer, set to the next instant or deadline, and one booking under way at a time.
/// </summary>
internal sealed partial class WaitingRoom : IDisposable
{
    private readonly LimiterParts _parts;
    private readonly BookingDesk _desk;
    private readonly WaitQueue _queue;
    private readonly SlotKeeper _slots;
    private readonly BookingPlanner _planner;
    private readonly StorageWatch _watch;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _end = new();
    private readonly CancellationToken _ended;

    private long _arrivals;
    private int _freezes;
    private long _servedAt = long.MinValue / 2;

    public WaitingRoom(LimiterParts parts, BookingDesk desk, TimeProvider time)
    {
        (_parts, _desk, _ended, _freezes) = (parts, desk, _end.Token, parts.Clock.Freezes);
        _queue = new WaitQueue(parts.Settings);
        _slots = new SlotKeeper(parts, _queue, desk);
        _watch = new StorageWatch(parts, desk, Looked, _ended);
        _planner = new BookingPlanner(parts, _queue, desk, _slots, new BookingLoop(this, parts, desk, _ended), _watch);
        _timer = time.CreateTimer(static room => ((WaitingRoom)room!).Serve(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The instant of the latest permit used in this process, or null before the first.</summary>
    public long? LastUse { get; private set; }

    /// <summary>Permits waited for. The gate is held.</summary>
    public int Waiting => _queue.Waiting;

    /// <summary>Permits waited for that no slot is booked for yet. The gate is held.</summary>
    public int Unbooked => Unmet().Sum(waiter => waiter.Permits);

    /// <summary>Whether nobody waits. The gate is held.</summary>
    public bool IsEmpty => _queue.IsEmpty;

    /// <summary>Lets a caller in, or says when it may come back.</summary>
    public (Waiter? Waiter, TimeSpan? RetryAfter) Enter(Wish wish)
    {
        lock (_parts.Gate)
        {
            var now = _parts.Clock.Elapsed;
            var deadline = wish.Deadline ?? now + (wish.Background ? _parts.Settings.BackgroundMaxWait : _parts.Settings.MaxWait);
            var waiter = new Waiter(wish, ++_arrivals, now, deadline);
            var (expected, atOnce) = ExpectedFor(waiter, now);
            waiter.Counts = !atOnce;
            var leaving = expected > waiter.Deadline ? null : atOnce ? [] : _queue.MakeRoom(wish.Permits);
            if (leaving is null)
            {
                _watch.LookIfStale();
                return (null, Until(expected));
            }

            leaving.ForEach(evicted => evicted.Tell(Verdict.Refuse(Until(expected))));
            _queue.Add(waiter);
            ServeLocked();
            return (waiter, null);
        }
    }

    /// <summary>A caller gives up; its slot, if it had one, goes to the next of this process, or else back into the record.</summary>
    public void Leave(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (_parts.Gate)
        {
            if (_queue.Remove(waiter))
            {
                waiter.Cancel(cancellationToken);
                ServeLocked();
            }
        }
    }

    /// <summary>Whether the caller woke in time. If not, its permit is void and it waits again, at its old place.</summary>
    public bool InTime(Waiter waiter, Verdict verdict)
    {
        lock (_parts.Gate)
        {
            var now = _parts.Clock.Elapsed;
            _parts.Margin.Woke(now - Math.Max(verdict.Slot.Instant, waiter.Arrived));
            if (_slots.Usable(verdict, now))
            {
                LastUse = now;
                return true;
            }

            _slots.Void(verdict.Slot);
            waiter.WaitAgain();
            if (_ended.IsCancellationRequested)
            {
                waiter.Tell(Verdict.Refuse(null));
                return false;
            }

            _queue.Add(waiter);
            ServeLocked();
            return false;
        }
    }

    /// <summary>Whether a slot told ahead of its instant may be used now.</summary>
    public bool Redeem(Verdict verdict)
    {
        lock (_parts.Gate)
        {
            var now = _parts.Clock.Elapsed;
            _parts.Margin.Woke(now - verdict.Slot.Instant);
            if (!_slots.Usable(verdict, now) || _slots.Paused(verdict.Slot))
            {
                return false;
            }

            LastUse = now;
            return true;
        }
    }

    /// <summary>Gives back a slot told ahead that will not be used: to the next of this process, or else into the record.</summary>
    public void Return(Verdict verdict)
    {
        lock (_parts.Gate)
        {
            if (verdict.Freezes == _parts.Clock.Freezes && verdict.Slot.UsableUntil > _parts.Clock.Elapsed && !_desk.FallenBack)
            {
                _queue.Book(verdict.Slot);
            }
            else
            {
                _slots.Void(verdict.Slot);
            }

            ServeLocked();
        }
    }

    /// <summary>Takes permits that are booked, due, and not waited for. The gate is held.</summary>
    public bool TakeSpare(int permits)
    {
        var now = _parts.Clock.Elapsed;
        var inTurn = _queue.IsEmpty || _parts.Settings.Order == QueueProcessingOrder.NewestFirst;
        if (!inTurn || _freezes != _parts.Clock.Freezes || !_queue.TakeDue(permits, now))
        {
            return false;
        }

        LastUse = now;
        return true;
    }

    /// <summary>When a caller that came now would have its permits. The gate is held.</summary>
    public TimeSpan RetryAfter(Wish wish)
    {
        _watch.LookIfStale();
        return Until(ExpectedFor(new Waiter(wish, _arrivals + 1, _parts.Clock.Elapsed, long.MaxValue), _parts.Clock.Elapsed).Instant);
    }

    /// <summary>Takes back what is booked before the end of a pause; those who wait are booked again, or refused.</summary>
    public void Hold()
    {
        lock (_parts.Gate)
        {
            _slots.DropPaused();
            ServeLocked();
        }
    }

    /// <summary>Those that no slot is booked for. The gate is held.</summary>
    public List<Waiter> Unmet() => _queue.Unmet(_parts.Clock.Elapsed);

    /// <summary>Takes in what was booked, after what a pause takes away, and turns away those for whom it is too late. The gate is held.</summary>
    public void Keep(IReadOnlyList<Appointment> appointments, IReadOnlyList<Slot> spares)
    {
        if (appointments.Count > 0)
        {
            _parts.Congestion.Found(_queue.Callers);
        }

        _slots.DropPaused();
        foreach (var (waiter, booked, slot) in appointments)
        {
            if (!booked)
            {
                if (_queue.Remove(waiter))
                {
                    waiter.Tell(Verdict.Refuse(Until(slot.Instant)));
                }
            }
            else if (!waiter.Ahead || !_queue.Remove(waiter) || !waiter.Tell(Verdict.Grant(slot, _parts.Clock.Freezes)))
            {
                _queue.Book(slot);
            }
        }

        foreach (var spare in spares)
        {
            _queue.Book(spare);
        }

        if (_desk.FallenBack)
        {
            _watch.LookIfStale();
        }

        _planner.Booked();
        ServeLocked();
    }

    /// <summary>Hands out what is due.</summary>
    public void Serve()
    {
        lock (_parts.Gate)
        {
            ServeLocked();
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        _end.Cancel();
        lock (_parts.Gate)
        {
            _queue.TakeAll().ForEach(waiter => waiter.Tell(Verdict.Refuse(null)));
        }

        _end.Dispose();
    }

    private void ServeLocked()
    {
        if (_ended.IsCancellationRequested)
        {
            return;
        }

        var freezes = _parts.Clock.Freezes;
        var now = _parts.Clock.Elapsed;
        if (freezes != _freezes)
        {
            _freezes = freezes;
            _slots.Drop(static _ => true);
            Log.Frozen(_parts.Logger);
        }

        // A permit used late would stand too close to the next ones.
        _slots.Drop(slot => slot.UsableUntil < now);
        foreach (var (waiter, slot) in _queue.Serve(now))
        {
            waiter.Tell(Verdict.Grant(slot, freezes));
            _servedAt = now;
        }

        foreach (var late in _queue.TakeExpired(now))
        {
            late.Tell(Verdict.Refuse(Until(_desk.Expect([], late.Demand).Instant)));
        }

        if (_planner.Plan(now, _servedAt) is { } next)
        {
            // Timers count whole milliseconds: rounded up, so as not to wake early and set the timer again.
            var milliseconds = Math.Ceiling((next - now) / (double)TimeSpan.TicksPerMillisecond);
            _timer.Change(TimeSpan.FromMilliseconds(Math.Max(0, milliseconds)), Timeout.InfiniteTimeSpan);
        }
    }

    private (long Instant, bool AtOnce) ExpectedFor(Waiter newcomer, long now)
    {
        _queue.Add(newcomer);
        var ahead = _queue.Unmet(now);
        _queue.Remove(newcomer);
        var place = ahead.IndexOf(newcomer);
        return place < 0 ? (now, true) : _desk.Expect([.. ahead.Take(place).Select(waiter => waiter.Demand)], newcomer.Demand);
    }

    private TimeSpan Until(long instant) => TimeSpan.FromTicks(Math.Max(0, instant - _parts.Clock.Elapsed));

    private void Looked(bool wasAway, long now)
    {
        if (wasAway)
        {
            _slots.Drop(slot => slot.Instant > now);
        }

        _slots.DropPaused();
        ServeLocked();
    }

    private static partial class Log
    {
        [LoggerMessage(20, LogLevel.Warning, "This process was frozen or its clock was set: what it had booked is void.")]
        public static partial void Frozen(ILogger logger);
    }
}
