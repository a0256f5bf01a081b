using TableRateLimiting.Machine;

namespace TableRateLimiting.Storage;

/// <summary>The service's time of an answer, as far as the answer tells: not before, not after (UTC ticks).</summary>
internal readonly record struct ServiceStamp(long Earliest, long Latest);

/// <summary>The service's time less this process's, and how wrong that may be.</summary>
internal readonly record struct ClockReading(long Offset, long Uncertainty);

/// <summary>When a request was sent, on the scale of <see cref="StorageClock.Elapsed"/>, and how often the process had been frozen by then.</summary>
internal readonly record struct Sending(long At, int Freezes);

/// <summary>
/// The storage service's time, read from this process's monotonic clock and an offset that every write narrows down.
/// The request was sent before the service stamped it and answered after, so each stamp bounds the offset from both sides;
/// bounds of several answers are intersected and widen again with the time since, as two clocks drift apart.
/// The wall clock is only compared with itself, to notice that the process was frozen: the monotonic clock may stand still then.
/// </summary>
internal sealed class StorageClock(TimeProvider time)
{
    /// <summary>Two clocks of which one is disciplined and the other at worst a free quartz drift apart by less than this: 100 ppm.</summary>
    private const long DriftPerTick = 10_000;

    /// <summary>A wall clock that moved by more than this against the monotonic one was set, or the process stood still.</summary>
    private const long FreezeTolerance = 2 * TimeSpan.TicksPerMillisecond;

    private const int FirstReadings = 16;

    /// <summary>How far two clocks may drift apart in this time.</summary>
    public static long Drift(long time) => Math.Max(0, time) / DriftPerTick;

    private readonly Lock _gate = new();
    private readonly long _origin = time.GetTimestamp();

    private Bounds? _bounds;
    private long? _wallOffset;
    private long _lookedAt;
    private int _freezes;

    /// <summary>Ticks of this process's monotonic clock since the limiter was made: the scale on which callers wait.</summary>
    public long Elapsed => time.GetElapsedTime(_origin).Ticks;

    /// <summary>By how much <see cref="Elapsed"/> is ahead of another clock's.</summary>
    public long Ahead(StorageClock other) => time.GetElapsedTime(_origin, other._origin).Ticks;

    /// <summary>The service's time less <see cref="Elapsed"/>, and how wrong that may be to either side; null while it is not known.</summary>
    public ClockReading? Reading
    {
        get
        {
            lock (_gate)
            {
                return Current() is { } bounds ? new ClockReading(bounds.Low + ((bounds.High - bounds.Low) / 2), (bounds.High - bounds.Low + 1) / 2) : null;
            }
        }
    }

    /// <summary>All of it at one instant, as an input of the machine needs it.</summary>
    public Moment Moment
    {
        get
        {
            lock (_gate)
            {
                NoticeFreeze();
                return new Moment(Elapsed, _freezes, Reading);
            }
        }
    }

    /// <summary>How wrong <see cref="Offset"/> may be, or null while the service's time is not known.</summary>
    public long? Uncertainty => Reading?.Uncertainty;

    /// <summary>The service's time less <see cref="Elapsed"/>, or null while it is not known.</summary>
    public long? Offset => Reading?.Offset;

    /// <summary>
    /// How often the process turned out to have been frozen (or its wall clock set): instants on the scale of <see cref="Elapsed"/>
    /// from before mean nothing after.
    /// </summary>
    public int Freezes
    {
        get
        {
            lock (_gate)
            {
                NoticeFreeze();
                return _freezes;
            }
        }
    }

    /// <summary>To be called right before a request.</summary>
    public Sending Send() => new(Elapsed, Freezes);

    /// <summary>Learns from an answer, now received. One whose request was sent before a freeze teaches nothing: it bounds an offset of the past.</summary>
    /// <param name="sending">What <see cref="Send"/> gave before the request.</param>
    /// <param name="stamp">The service's time in the answer.</param>
    /// <returns>False when the stamp contradicts what was known: the service's clock was set, or another server answers. The stamp is then believed.</returns>
    public bool Observe(Sending sending, ServiceStamp stamp)
    {
        lock (_gate)
        {
            var current = Current();
            if (_freezes != sending.Freezes)
            {
                return true;
            }

            var received = Elapsed;
            var seen = new Bounds(stamp.Earliest - received, stamp.Latest - sending.At, received);
            if (current is not { } known)
            {
                _bounds = seen;
                return true;
            }

            var low = Math.Max(seen.Low, known.Low);
            var high = Math.Min(seen.High, known.High);
            _bounds = low <= high ? seen with { Low = low, High = high } : seen;
            return low <= high;
        }
    }

    private Bounds? Current()
    {
        NoticeFreeze();
        if (_bounds is not { } bounds)
        {
            return null;
        }

        var drift = Drift(Elapsed - bounds.At);
        return bounds with { Low = bounds.Low - drift, High = bounds.High + drift };
    }

    /// <summary>
    /// The wall clock is read between two readings of the monotonic one, so that a thread that lost its core in between proves nothing.
    /// The two clocks may drift apart slowly; a jump is a freeze.
    /// </summary>
    private void NoticeFreeze()
    {
        var known = _wallOffset ??= FirstWallOffset();
        var (before, wall, after) = ReadClocks();
        var nearest = Math.Clamp(known, wall - after, wall - before);
        if (Math.Abs(nearest - known) > FreezeTolerance + ((after - _lookedAt) / DriftPerTick))
        {
            _bounds = null;
            _freezes++;
        }

        (_wallOffset, _lookedAt) = (nearest, after);
    }

    /// <summary>What later readings are compared with: taken at a moment when the thread kept its core, or as near to that as it gets.</summary>
    private long FirstWallOffset()
    {
        var best = ReadClocks();
        for (var tries = 0; tries < FirstReadings && best.After - best.Before > FreezeTolerance / 2; tries++)
        {
            var next = ReadClocks();
            best = next.After - next.Before < best.After - best.Before ? next : best;
        }

        return best.Wall - best.Before - ((best.After - best.Before) / 2);
    }

    private (long Before, long Wall, long After) ReadClocks()
    {
        var before = Elapsed;
        var wall = time.GetUtcNow().UtcTicks;
        return (before, wall, Elapsed);
    }

    private readonly record struct Bounds(long Low, long High, long At);
}
