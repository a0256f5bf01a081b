using System.Threading.RateLimiting;
using Microsoft.Extensions.Logging;

namespace TableRateLimiting.Internal;

/// <summary>
/// Where callers wait for their instants: lets them in, has the desk book for them, wakes them, and turns them away when their time is over.
/// No polling: one timer, set to the next instant or deadline, and one booking under way at a time.
/// </summary>
internal sealed partial class WaitingRoom : IDisposable
{
    /// <summary>Two conversions between the service's time and ours may differ by what the offset was corrected in between.</summary>
    private const long ConversionSlack = 20 * TimeSpan.TicksPerMillisecond;

    private readonly Settings _settings;
    private readonly StorageClock _clock;
    private readonly BookingDesk _desk;
    private readonly LimiterMetrics _metrics;
    private readonly ILogger _logger;
    private readonly Lock _gate;
    private readonly BookingLoop _loop;
    private readonly StorageWatch _watch;
    private readonly ITimer _timer;
    private readonly WaitQueue _queue;
    private readonly CancellationTokenSource _end = new();
    private readonly CancellationToken _ended;

    private long _arrivals;
    private int _freezes;

    public WaitingRoom(
        Settings settings,
        StorageClock clock,
        BookingDesk desk,
        GrantSwapper swapper,
        TimeProvider time,
        LimiterMetrics metrics,
        ILogger logger,
        Lock gate,
        Action<Func<Task>> background)
    {
        (_settings, _clock, _desk, _metrics, _logger, _gate) = (settings, clock, desk, metrics, logger, gate);
        _queue = new WaitQueue(settings);
        _ended = _end.Token;
        _loop = new BookingLoop(this, clock, desk, logger, gate, background, _ended);
        _watch = new StorageWatch(clock, desk, swapper, logger, gate, background, _ended);
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
    public (Waiter? Waiter, TimeSpan? RetryAfter) Enter(int permits)
    {
        lock (_gate)
        {
            var now = _clock.Elapsed;
            var waiter = new Waiter(permits, ++_arrivals, now, now + _settings.MaxWait);
            var (expected, atOnce) = ExpectedFor(waiter, now);
            waiter.Counts = !atOnce;
            var leaving = expected > waiter.Deadline ? null : atOnce ? [] : _queue.MakeRoom(permits);
            if (leaving is null)
            {
                LookIfStale();
                return (null, Until(expected));
            }

            leaving.ForEach(evicted => evicted.Tell(Verdict.Refuse(Until(expected))));
            _queue.Add(waiter);
            ServeLocked();
            return (waiter, null);
        }
    }

    /// <summary>A caller gives up; its slot, if it had one, goes to the next.</summary>
    public void Leave(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_queue.Remove(waiter))
            {
                waiter.Cancel(cancellationToken);
            }
        }
    }

    /// <summary>Whether the caller woke in time. If not, its permit is void and it waits again, at its old place.</summary>
    public bool InTime(Waiter waiter, Verdict verdict)
    {
        lock (_gate)
        {
            if (verdict.Freezes == _clock.Freezes && _clock.Elapsed <= verdict.UsableUntil)
            {
                LastUse = _clock.Elapsed;
                return true;
            }

            _metrics.Voided(waiter.Permits);
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

    /// <summary>Takes permits that are booked, due, and not waited for. The gate is held.</summary>
    public bool TakeSpare(int permits)
    {
        var now = _clock.Elapsed;
        var inTurn = _queue.IsEmpty || _settings.Order == QueueProcessingOrder.NewestFirst;
        if (!inTurn || _freezes != _clock.Freezes || _queue.TakeSpare(permits, now) is null)
        {
            return false;
        }

        LastUse = now;
        return true;
    }

    /// <summary>When a caller that came now would have its permits. The gate is held.</summary>
    public TimeSpan RetryAfter(int permits)
    {
        LookIfStale();
        return Until(ExpectedFor(new Waiter(permits, _arrivals + 1, _clock.Elapsed, long.MaxValue), _clock.Elapsed).Instant);
    }

    /// <summary>Takes back what is booked before the end of a pause; those who wait are booked again, or refused.</summary>
    public void Hold()
    {
        lock (_gate)
        {
            DropPaused();
            ServeLocked();
        }
    }

    /// <summary>Those that no slot is booked for. The gate is held.</summary>
    public List<Waiter> Unmet() => _queue.Unmet(_clock.Elapsed);

    /// <summary>Takes in what was booked, after what a pause takes away, and turns away those for whom it is too late. The gate is held.</summary>
    public void Keep(IReadOnlyList<Appointment> appointments)
    {
        DropPaused();
        foreach (var (waiter, place) in appointments)
        {
            if (place.Booked)
            {
                _queue.Book(new Slot(place.Instant, waiter.Permits));
            }
            else if (_queue.Remove(waiter))
            {
                waiter.Tell(Verdict.Refuse(Until(place.Instant)));
            }
        }

        if (_desk.FallenBack)
        {
            LookIfStale();
        }

        ServeLocked();
    }

    /// <summary>Hands out what is due.</summary>
    public void Serve()
    {
        lock (_gate)
        {
            ServeLocked();
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        _end.Cancel();
        lock (_gate)
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

        var freezes = _clock.Freezes;
        var now = _clock.Elapsed;
        if (freezes != _freezes)
        {
            _freezes = freezes;
            _metrics.Voided(_queue.Drop(long.MinValue, long.MaxValue));
            Log.Frozen(_logger);
        }

        var (served, voided) = _queue.Serve(now);
        _metrics.Voided(voided);
        foreach (var (waiter, usableUntil) in served)
        {
            waiter.Tell(Verdict.Grant(usableUntil, freezes));
        }

        foreach (var late in _queue.TakeExpired(now))
        {
            late.Tell(Verdict.Refuse(Until(_desk.Expect([late.Demand]).Instant)));
        }

        if (_queue.Unmet(now).Count > 0)
        {
            _loop.Wake();
        }

        if (_queue.NextEvent(now) is { } next)
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
        return place < 0 ? (now, true) : _desk.Expect([.. ahead.Take(place + 1).Select(waiter => waiter.Demand)]);
    }

    private void DropPaused()
    {
        var until = _desk.PausedUntil;
        if (until > _clock.Elapsed)
        {
            _metrics.Voided(_queue.Drop(long.MinValue, until - ConversionSlack));
        }
    }

    private TimeSpan Until(long instant) => TimeSpan.FromTicks(Math.Max(0, instant - _clock.Elapsed));

    private void LookIfStale() => _watch.LookIfStale((wasAway, now) =>
    {
        if (wasAway)
        {
            _metrics.Voided(_queue.Drop(now + 1, long.MaxValue));
        }

        DropPaused();
        ServeLocked();
    });

    private static partial class Log
    {
        [LoggerMessage(20, LogLevel.Warning, "This process was frozen or its clock was set: what it had booked is void.")]
        public static partial void Frozen(ILogger logger);
    }
}
