namespace TableRateLimiting.Tests.Simulation;

/// <summary>The clocks of one simulated process: a wall clock that is wrong, a monotonic clock that drifts, timers that fire late.</summary>
internal sealed class ProcessTime(World world, long wallError, double drift, Func<long> lateness) : TimeProvider
{
    private long _frozenFrom;
    private long _frozenUntil;
    private long _stoodStill;

    /// <summary>The first instant at which this process can do anything.</summary>
    public long Awake => Math.Max(world.Now, _frozenUntil);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(world.UtcNow + wallError, TimeSpan.Zero);

    public override long GetTimestamp() => (long)(world.Now * (1 + drift)) - _stoodStill - Math.Max(0, Math.Min(world.Now, _frozenUntil) - _frozenFrom);

    /// <summary>The process stands still: its wall clock goes on, its monotonic clock does not, and it does nothing.</summary>
    public void Freeze(TimeSpan duration)
    {
        _stoodStill += _frozenUntil - _frozenFrom;
        (_frozenFrom, _frozenUntil) = (world.Now, world.Now + duration.Ticks);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(ProcessTime time, TimerCallback callback, object? state) : ITimer
    {
        private readonly World _world = time.World;
        private int _setting;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var setting = ++_setting;
            if (dueTime >= TimeSpan.Zero)
            {
                Set(_world.Now + dueTime.Ticks + time.Lateness(), setting);
            }

            return true;
        }

        private void Set(long instant, int setting) => _world.At(instant, () =>
        {
            if (setting != _setting)
            {
                return;
            }

            if (time.Awake > _world.Now)
            {
                Set(time.Awake, setting);
            }
            else
            {
                callback(state);
            }
        });

        public void Dispose() => _setting++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }

    private World World => world;

    private long Lateness() => lateness();
}
