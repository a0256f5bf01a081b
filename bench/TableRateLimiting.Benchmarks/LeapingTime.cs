using System.Collections.Concurrent;

namespace TableRateLimiting.Benchmarks;

/// <summary>
/// A clock that stands still until it leaps to its next timer: what a limiter waits for costs no time, so that what is left is
/// the work of the acquire path. What the limiter does in the background is done on the thread that makes the clock go on.
/// </summary>
internal sealed class LeapingTime : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Lock _lock = new();
    private readonly List<LeapingTimer> _set = [];
    private readonly ConcurrentQueue<Func<Task>> _begun = new();
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public override DateTimeOffset GetUtcNow() => Start.AddTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new LeapingTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Takes work for the background.</summary>
    public void Begin(Func<Task> work) => _begun.Enqueue(work);

    /// <summary>Does what was begun, without going on.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool Work()
    {
        var any = false;
        while (_begun.TryDequeue(out var work))
        {
            any = true;
            _ = work();
        }

        return any;
    }

    /// <summary>Goes on to the next timer, if it is at most <paramref name="farthest"/> ahead, and fires it on this thread.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Leap(TimeSpan farthest)
    {
        LeapingTimer? next = null;
        lock (_lock)
        {
            foreach (var timer in _set)
            {
                next = next is null || timer.Due < next.Due ? timer : next;
            }

            if (next is null || next.Due > _now + farthest.Ticks)
            {
                return false;
            }

            _set.Remove(next);
            _now = Math.Max(_now, next.Due);
        }

        next.Fire();
        return true;
    }

    private sealed class LeapingTimer(LeapingTime time, TimerCallback callback, object? state) : ITimer
    {
        public long Due { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                time._set.Remove(this);
                if (dueTime >= TimeSpan.Zero)
                {
                    Due = time._now + dueTime.Ticks;
                    time._set.Add(this);
                }
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
