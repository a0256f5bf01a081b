using System.Threading.RateLimiting;
using Microsoft.Extensions.Logging;

namespace TableRateLimiting.Internal;

/// <summary>
/// Where callers wait for their instants: lets them in, has the desk book for them, wakes them, and turns them away when their time is over.
/// No polling: one timer, set to the next instant or deadline, and one booking under way at a time.
/// </summary>
internal sealed partial class WaitingRoom : IDisposable
{
    private const long RefreshAfter = TimeSpan.TicksPerSecond;
    private const long LongestRefreshPause = 5 * TimeSpan.TicksPerSecond;

    /// <summary>Two conversions between the service's time and ours may differ by what the offset was corrected in between.</summary>
    private const long ConversionSlack = 20 * TimeSpan.TicksPerMillisecond;

    private readonly Settings _settings;
    private readonly StorageClock _clock;
    private readonly BookingDesk _desk;
    private readonly GrantSwapper _swapper;
    private readonly LimiterMetrics _metrics;
    private readonly ILogger _logger;
    private readonly Lock _gate;
    private readonly Action<Func<Task>> _background;
    private readonly ITimer _timer;
    private readonly WaitQueue _queue;
    private readonly CancellationTokenSource _end = new();
    private readonly CancellationToken _ended;

    private long _arrivals;
    private bool _booking;
    private bool _refreshing;
    private long _refreshAt;
    private long _refreshPause;
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
        (_settings, _clock, _desk, _swapper, _metrics, _logger, _gate, _background) = (settings, clock, desk, swapper, metrics, logger, gate, background);
        _queue = new WaitQueue(settings);
        _ended = _end.Token;
        _timer = time.CreateTimer(static room => ((WaitingRoom)room!).Serve(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The instant of the latest permit used in this process, or null before the first.</summary>
    public long? LastUse { get; private set; }

    /// <summary>Permits waited for. The gate is held.</summary>
    public int Waiting => _queue.Waiting;

    /// <summary>Permits waited for that no slot is booked for yet. The gate is held.</summary>
    public int Unbooked => _queue.Unmet(_clock.Elapsed).Sum(waiter => waiter.Permits);

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
                RefreshIfStale();
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
        RefreshIfStale();
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
        lock (_gate)
        {
            _end.Cancel();
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

        if (!_booking && _queue.Unmet(now).Count > 0)
        {
            _booking = true;
            _background(BookAsync);
        }

        if (_queue.NextEvent(now) is { } next)
        {
            // Timers count whole milliseconds: rounded up, so as not to wake early and set the timer again.
            var milliseconds = Math.Ceiling((next - now) / (double)TimeSpan.TicksPerMillisecond);
            _timer.Change(TimeSpan.FromMilliseconds(Math.Max(0, milliseconds)), Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Books until nobody waits without a slot. Each swap books for all who wait when it begins.</summary>
    private async Task BookAsync()
    {
        try
        {
            while (await BookOnceAsync())
            {
            }
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            // Disposed: everyone who waited has been told.
        }
        catch (Exception failure)
        {
            Log.BookingFailed(_logger, failure);
            lock (_gate)
            {
                _booking = false;
            }
        }
    }

    private async Task<bool> BookOnceAsync()
    {
        SharedBooking? shared = null;
        if (!_desk.FallenBack)
        {
            try
            {
                shared = await _desk.BookSharedAsync(Unmet, _ended);
            }
            catch (StorageUnavailableException)
            {
                // The desk has fallen back and logged it; the booking below is from the own share.
            }
        }

        lock (_gate)
        {
            var unmet = _queue.Unmet(_clock.Elapsed);
            if (shared is null && unmet.Count > 0 && _desk.FallenBack)
            {
                Keep(_desk.BookOwn(unmet));
                RefreshIfStale();
            }
            else if (shared is not null)
            {
                DropPaused();
                if (shared.Freezes == _clock.Freezes)
                {
                    Keep(shared.Appointments);
                }
            }

            ServeLocked();
            _booking = _queue.Unmet(_clock.Elapsed).Count > 0 && !_ended.IsCancellationRequested;
            return _booking;
        }
    }

    private List<Waiter> Unmet()
    {
        lock (_gate)
        {
            return _queue.Unmet(_clock.Elapsed);
        }
    }

    private void Keep(IReadOnlyList<Appointment> appointments)
    {
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

    /// <summary>
    /// Callers that are refused cause no swap, so that nothing would be learnt: while they are refused because of a pause or because
    /// storage was away, look from time to time whether that still holds.
    /// </summary>
    private void RefreshIfStale()
    {
        var now = _clock.Elapsed;
        if (!_refreshing && now >= _refreshAt && (_desk.FallenBack || _desk.PausedUntil > now))
        {
            _refreshing = true;
            _background(RefreshAsync);
        }
    }

    private async Task RefreshAsync()
    {
        try
        {
            await _swapper.RefreshAsync(_ended);
            bool recovered;
            lock (_gate)
            {
                recovered = _desk.FallenBack;
                var now = _clock.Elapsed;
                (_refreshPause, _refreshAt) = (0, now + RefreshAfter);
                if (recovered)
                {
                    _desk.Recover(now);
                    _metrics.Voided(_queue.Drop(now + 1, long.MaxValue));
                }

                DropPaused();
                ServeLocked();
            }

            if (recovered)
            {
                await _desk.PublishAsync(_ended);
            }
        }
        catch (Exception failure) when (!_ended.IsCancellationRequested)
        {
            lock (_gate)
            {
                _refreshPause = Math.Clamp(_refreshPause * 2, TimeSpan.TicksPerSecond / 4, LongestRefreshPause);
                _refreshAt = _clock.Elapsed + _refreshPause;
            }

            Log.StillAway(_logger, failure);
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
        finally
        {
            lock (_gate)
            {
                _refreshing = false;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(20, LogLevel.Warning, "This process was frozen or its clock was set: what it had booked is void.")]
        public static partial void Frozen(ILogger logger);

        [LoggerMessage(21, LogLevel.Critical, "Booking failed; those who wait are refused at their deadline.")]
        public static partial void BookingFailed(ILogger logger, Exception failure);

        [LoggerMessage(22, LogLevel.Debug, "Storage is still away.")]
        public static partial void StillAway(ILogger logger, Exception failure);
    }
}
