namespace KommoFunctions.Emulators.Storage.InMemory.Interleaving;

/// <summary>A clock that stands still until it is moved. Timers run on the thread that moves it, in the order in which they are due.</summary>
/// <param name="start">What it shows first.</param>
/// <param name="step">
/// A timer is due at the next whole step after its time, so that a jittered wait makes no other interleaving of the same seed. None by default.
/// </param>
public sealed class InterleavedTime(DateTimeOffset start, TimeSpan step = default) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<Timer> _timers = [];
    private readonly DateTimeOffset _start = start;
    private DateTimeOffset _now = start;

    /// <summary>When the next timer is due; null without any.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_lock)
            {
                return _timers.Count == 0 ? null : _timers.Min(timer => timer.Due);
            }
        }
    }

    /// <inheritdoc />
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => _now;

    /// <inheritdoc />
    public override long GetTimestamp() => _now.UtcTicks;

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock to a time, never back.</summary>
    public void MoveTo(DateTimeOffset time)
    {
        while (TakeDue(time) is { } timer)
        {
            timer.Run();
        }

        _now = time > _now ? time : _now;
    }

    /// <summary>Shows the first time again, without any timer: whoever waits for one waits for ever.</summary>
    public void Restart()
    {
        ForgetTimers();
        _now = _start;
    }

    /// <summary>Forgets all timers: whoever waits for one waits for ever.</summary>
    public void ForgetTimers()
    {
        lock (_lock)
        {
            _timers.Clear();
        }
    }

    private DateTimeOffset Round(DateTimeOffset due) =>
        step > TimeSpan.Zero && due.Ticks % step.Ticks is > 0 and var over ? due.AddTicks(step.Ticks - over) : due;

    private Timer? TakeDue(DateTimeOffset until)
    {
        lock (_lock)
        {
            if (_timers.Where(timer => timer.Due <= until).MinBy(timer => timer.Due) is not { } timer)
            {
                return null;
            }

            _now = timer.Due > _now ? timer.Due : _now;
            _timers.Remove(timer);
            if (timer.Period is { } period)
            {
                timer.Due += period;
                _timers.Add(timer);
            }

            return timer;
        }
    }

    private sealed class Timer(InterleavedTime time, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        public TimeSpan? Period { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                time._timers.Remove(this);
                Period = period > TimeSpan.Zero ? period : null;
                if (dueTime >= TimeSpan.Zero)
                {
                    Due = time.Round(time._now + dueTime);
                    time._timers.Add(this);
                }
            }

            return true;
        }

        public void Run() => callback(state);

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
