namespace KommoFunctions.Storage;

/// <summary>
/// Reads storage's time from the <c>Date</c> of its answers. An answer says the second in which storage made it, which was after the request was sent
/// and before the answer came: that gives a span, and the spans of several answers are intersected. Between two answers it moves on with this process's
/// clocks: at least as far as the slower, at most as far as the faster of the monotonic clock (which may stand still while the machine sleeps) and the wall
/// clock (which may be set). So a wrong wall clock costs nothing, and one that is set widens the span until the next answer.
/// </summary>
internal sealed class StorageClock(TimeProvider time) : IStorageClock
{
    /// <summary>What the clocks of storage's servers may differ by.</summary>
    private static readonly TimeSpan BetweenServers = TimeSpan.FromMilliseconds(500);

    /// <summary>A <c>Date</c> leaves out what is below a second.</summary>
    private static readonly TimeSpan Resolution = TimeSpan.FromSeconds(1);

    /// <summary>What this machine's clock may be off by before storage has ever answered. Whoever compares times has asked storage for one of them before.</summary>
    private static readonly TimeSpan Unknown = TimeSpan.FromDays(1);

    /// <summary>Two clocks drift apart by less than this part of the time.</summary>
    private const double Drift = 0.0001;

    private readonly Lock _gate = new();
    private Reading? _last;

    public StorageTime Now
    {
        get
        {
            lock (_gate)
            {
                return Current(Take());
            }
        }
    }

    /// <summary>What to give to <see cref="Observe"/> with the answer; to be called right before the request.</summary>
    public Instant Take() => new(time.GetTimestamp(), time.GetUtcNow());

    /// <summary>Learns from an answer that has just come.</summary>
    /// <param name="sent">When its request was sent.</param>
    /// <param name="date">The answer's <c>Date</c>.</param>
    public void Observe(Instant sent, DateTimeOffset date)
    {
        lock (_gate)
        {
            var received = Take();
            var took = Passed(sent, received).Most;
            var seen = new StorageTime(date - BetweenServers, date + Resolution + took + BetweenServers);
            var known = Current(received);
            var (earliest, latest) = (Later(seen.Earliest, known.Earliest), seen.Latest < known.Latest ? seen.Latest : known.Latest);

            // Without a common moment something was set: the answer is believed.
            _last = new Reading(received, _last is not null && earliest <= latest ? new(earliest, latest) : seen);
        }
    }

    private StorageTime Current(Instant now)
    {
        if (_last is not { } last)
        {
            return new(now.Wall - Unknown, now.Wall + Unknown);
        }

        var (least, most) = Passed(last.At, now);
        return new(last.Time.Earliest + least - (least * Drift), last.Time.Latest + most + (most * Drift));
    }

    /// <summary>How much time passed between two moments, by the slower and by the faster of the two clocks.</summary>
    private (TimeSpan Least, TimeSpan Most) Passed(Instant from, Instant to)
    {
        var (monotonic, wall) = (time.GetElapsedTime(from.Timestamp, to.Timestamp), to.Wall - from.Wall);
        var least = monotonic < wall ? monotonic : wall;
        return (least > TimeSpan.Zero ? least : TimeSpan.Zero, monotonic > wall ? monotonic : wall);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    /// <summary>A moment on both of this process's clocks.</summary>
    internal readonly record struct Instant(long Timestamp, DateTimeOffset Wall);

    private sealed record Reading(Instant At, StorageTime Time);
}
