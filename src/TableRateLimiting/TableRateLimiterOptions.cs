using System.Threading.RateLimiting;

namespace TableRateLimiting;

/// <summary>
/// How a <see cref="TableRateLimiter"/> limits. Every process that shares an entity should use the same <see cref="PermitLimit"/>
/// and <see cref="Window"/>. The highest rate is <c>PermitLimit / (Window + margin)</c>, where each process measures its margin within
/// <see cref="MinMargin"/> and <see cref="MaxMargin"/>: 6.90 permits a second with the least margin of the defaults, 6.36 with the greatest.
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
    /// The least that two grants, <see cref="PermitLimit"/> apart, keep beyond <see cref="Window"/>, 1 ms to 10 s. Default 15 ms.
    /// The margin in use is what was measured: how wrong two processes may be about the service's time, how late callers wake, and
    /// <see cref="ArrivalJitter"/>.
    /// </summary>
    public TimeSpan MinMargin { get; set; } = TimeSpan.FromMilliseconds(15);

    /// <summary>
    /// The greatest margin, <see cref="MinMargin"/> and <see cref="ArrivalJitter"/> to 10 s. Default 100 ms. A caller that wakes later than it
    /// covers gets a new instant. What a process does not know of the service's time is kept in addition, whatever it is: it costs rate, never the bound.
    /// </summary>
    public TimeSpan MaxMargin { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// How much longer one request may travel to the receiver than another, 0 to <see cref="MaxMargin"/>. Default 10 ms: a receiver in the same
    /// region. The limiter does not see that way: set it to what the network does (25 to 50 ms over the Internet).
    /// </summary>
    public TimeSpan ArrivalJitter { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// The least time between the start of a swap and the first instant it books, 1 ms to <see cref="MaxLead"/>. Default 5 ms.
    /// The lead in use is measured (the mean of the latest writes and four times its mean deviation): an instant must not be past
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
    /// The longest that a caller of <see cref="TableRateLimiter.Background"/> waits, <see cref="MaxLead"/> to <see cref="MaxWait"/>. Default: half of
    /// <see cref="MaxWait"/>. Since it bounds how far ahead background callers book, there is always room for interactive ones behind it.
    /// </summary>
    public TimeSpan? BackgroundMaxWait { get; set; }

    /// <summary>
    /// The share of the permits that background callers get however many interactive ones there are, 0 to 1. Default 1/7. In this process
    /// it is kept exactly, by turns; over processes in whole permits of each window, at least one where the share is not 0 and the limit is above 1.
    /// </summary>
    public double BackgroundShare { get; set; } = 1 / 7d;

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
    /// How old this process's knowledge of a pause may be when a permit is used that was booked before, 100 ms or more; null (the default): as old as
    /// its last swap. Where the receiver punishes whoever goes on after its 429, a second is worth the price: one more trip to storage for each
    /// bunch of permits that was booked longer ago.
    /// </summary>
    public TimeSpan? PauseCheckAfter { get; set; }

    /// <summary>
    /// Permits that this process alone grants in a <see cref="Window"/> (and the margin) while storage cannot be reached,
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
        Within(nameof(MinMargin), MinMargin, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(10));
        Within(nameof(MaxMargin), MaxMargin, MinMargin, TimeSpan.FromSeconds(10));
        Within(nameof(ArrivalJitter), ArrivalJitter, TimeSpan.Zero, MaxMargin);
        Within(nameof(MaxLead), MaxLead, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(10));
        Within(nameof(MinLead), MinLead, TimeSpan.FromMilliseconds(1), MaxLead);
        Within(nameof(MaxWait), MaxWait, MaxLead, TimeSpan.FromMinutes(5));
        Within(nameof(BackgroundMaxWait), BackgroundMaxWait ?? MaxWait, MaxLead, MaxWait);
        Within(nameof(BackgroundShare), BackgroundShare, 0, 1);
        Within(nameof(PauseCheckAfter), PauseCheckAfter ?? MaxWait, TimeSpan.FromMilliseconds(100), TimeSpan.MaxValue);
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
