namespace TableRateLimiting.Load.Storage;

/// <summary>
/// The system's time with timers that fire within a fraction of a millisecond. The runtime's own go by a clock that many
/// kernels advance only every four milliseconds, which would make 15 ms out of an added latency of 10.
/// </summary>
internal sealed class PreciseTime : TimeProvider, IDisposable
{
    private readonly object _gate = new();
    private readonly PriorityQueue<(PreciseTimer Timer, int Setting), long> _due = new();
    private bool _disposed;

    public PreciseTime() => new Thread(Run) { IsBackground = true, Name = "timers" }.Start();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (period != Timeout.InfiniteTimeSpan)
        {
            throw new NotSupportedException("The timers of the proxy's delays fire once.");
        }

        var timer = new PreciseTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            Monitor.Pulse(_gate);
        }
    }

    private void Run()
    {
        lock (_gate)
        {
            while (!_disposed)
            {
                if (!_due.TryPeek(out var first, out var instant))
                {
                    Monitor.Wait(_gate);
                }
                else if (instant - Clock.Now is var left and > 0)
                {
                    Monitor.Wait(_gate, (int)Math.Ceiling(Clock.Seconds(left) * 1000));
                }
                else
                {
                    _due.Dequeue();
                    if (first.Setting == first.Timer.Setting)
                    {
                        ThreadPool.UnsafeQueueUserWorkItem(static timer => timer.Fire(), first.Timer, preferLocal: false);
                    }
                }
            }
        }
    }

    private sealed class PreciseTimer(PreciseTime time, Action fire) : ITimer
    {
        /// <summary>Changed with each new due time, so that the earlier ones in the queue are known to be void.</summary>
        public int Setting { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                Setting++;
                if (dueTime >= TimeSpan.Zero)
                {
                    time._due.Enqueue((this, Setting), Clock.Now + Clock.Of(dueTime.TotalSeconds));
                    Monitor.Pulse(time._gate);
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
