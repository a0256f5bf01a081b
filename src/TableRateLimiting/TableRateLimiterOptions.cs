using System.Threading.RateLimiting;

namespace TableRateLimiting;

/// <summary>
/// How a <see cref="TableRateLimiter"/> limits. Every process that shares an entity should use the same
/// <see cref="PermitLimit"/>, <see cref="Window"/> and <see cref="Margin"/>; the highest rate is
/// <c>PermitLimit / (Window + Margin)</c>, 6.36 permits a second with the defaults.
/// </summary>
public sealed class TableRateLimiterOptions
{
    /// <summary>
    /// Permits that the receiver allows in any <see cref="Window"/>, 1 to 1000. Default 7: Kommo's limit of requests a second
    /// ("Limitations"). The log of that many instants has to fit into one string property of the entity, hence the upper bound.
    /// </summary>
    public int PermitLimit { get; set; } = 7;

    /// <summary>The length of the receiver's window, 100 ms to 1 hour. Default 1 s.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// What is added to <see cref="Window"/> between a grant and the one <see cref="PermitLimit"/> later, 4 ms to 10 s. Default 100 ms.
    /// Half of it (see <see cref="LateTolerance"/>) covers callers that wake late, a quarter the clocks of two processes,
    /// a quarter (25 ms) the difference in travel time of two requests to the receiver. Raise it where the network's jitter is larger.
    /// </summary>
    public TimeSpan Margin { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// How much later than its instant a permit may still be used, more than 0 and at most <see cref="Margin"/>.
    /// Default: half of <see cref="Margin"/>. A caller that wakes later gets a new instant instead:
    /// a permit used late would stand closer to those after it than the log says.
    /// </summary>
    public TimeSpan? LateTolerance { get; set; }

    /// <summary>
    /// The least time between the start of a swap and the first instant it books, 1 ms to <see cref="MaxLead"/>. Default 5 ms.
    /// The lead in use is measured (the 95th percentile of the latest swaps and a quarter more): an instant must not be past
    /// when the swap that booked it returns.
    /// </summary>
    public TimeSpan MinLead { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// The greatest lead, up to 10 s. Default 1 s. Swaps that take longer than this are of no use: their instants are past when they return.
    /// </summary>
    public TimeSpan MaxLead { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The longest that a caller waits for its permit, <see cref="MaxLead"/> to 5 minutes. Default 5 s. When the expected wait is longer,
    /// the lease is refused at once and <see cref="MetadataName.RetryAfter"/> tells the expected wait, so that the caller can put its
    /// message back into a queue: waiting inside a function is billed. It also bounds how far ahead a process books.
    /// </summary>
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Permits that may wait in this process for capacity, 0 or more. Default 1000: <see cref="MaxWait"/> bounds the queue before that.
    /// Callers that find capacity free, as far as this process knows, do not count although they too wait for the swap.
    /// </summary>
    public int QueueLimit { get; set; } = 1000;

    /// <summary>
    /// Who gets the next permit of this process. Default <see cref="QueueProcessingOrder.OldestFirst"/>.
    /// With <see cref="QueueProcessingOrder.NewestFirst"/> a newcomer takes the oldest one's place in a full queue.
    /// </summary>
    public QueueProcessingOrder QueueProcessingOrder { get; set; } = QueueProcessingOrder.OldestFirst;

    /// <summary>
    /// Permits that this process alone grants in a <see cref="Window"/> (and its margin) while storage cannot be reached,
    /// 0 (none at all) to <see cref="PermitLimit"/>. Default 1: seven processes then still keep a limit of 7.
    /// Set it to <see cref="PermitLimit"/> divided by the greatest number of processes, rounded down.
    /// </summary>
    public int FallbackPermitsPerWindow { get; set; } = 1;

    /// <summary>How long swaps may fail before this process falls back to its own share, 0 to 1 minute. Default 2 s: a failover of a storage partition stays below.</summary>
    public TimeSpan FallbackAfter { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long one request to storage may take, 50 ms to 30 s. Default 1 s. The retries of the <c>TableClient</c> count into it;
    /// clients made for a limiter do well with none.
    /// </summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it and the range.</exception>
    public void Validate()
    {
        Within(nameof(PermitLimit), PermitLimit, 1, 1000);
        Within(nameof(Window), Window, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        Within(nameof(Margin), Margin, TimeSpan.FromMilliseconds(4), TimeSpan.FromSeconds(10));
        if (LateTolerance is { } tolerance)
        {
            Within(nameof(LateTolerance), tolerance, TimeSpan.FromTicks(1), Margin);
        }

        Within(nameof(MaxLead), MaxLead, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(10));
        Within(nameof(MinLead), MinLead, TimeSpan.FromMilliseconds(1), MaxLead);
        Within(nameof(MaxWait), MaxWait, MaxLead, TimeSpan.FromMinutes(5));
        Within(nameof(QueueLimit), QueueLimit, 0, int.MaxValue);
        Within(nameof(QueueProcessingOrder), (int)QueueProcessingOrder, 0, 1);
        Within(nameof(FallbackPermitsPerWindow), FallbackPermitsPerWindow, 0, PermitLimit);
        Within(nameof(FallbackAfter), FallbackAfter, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Within(nameof(AttemptTimeout), AttemptTimeout, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(30));
    }

    private static void Within<T>(string option, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            throw new ArgumentException($"{nameof(TableRateLimiterOptions)}.{option} is {value}; it must be from {least} to {most}.", option);
        }
    }
}
