using System.Threading.RateLimiting;

namespace TableRateLimiting;

/// <summary>
/// How a <see cref="TableRateLimiter"/> limits. Every process that shares an entity should use the same <see cref="PermitLimit"/> and
/// <see cref="Window"/>. The highest rate is <c>PermitLimit / (Window + margin)</c>, where the margin is measured: at least 15 ms, and
/// <see cref="ArrivalJitter"/> and a few ms where that is more.
/// </summary>
public sealed class TableRateLimiterOptions
{
    private static readonly TimeSpan MaxJitter = TimeSpan.FromSeconds(9);

    /// <summary>
    /// Permits that the receiver allows in any <see cref="Window"/>, over all processes. The default value is 7: Kommo's limit of requests a second
    /// (Kommo: Limitations). Value must be between 1 and 1000: the log of that many instants has to fit into one property of the entity.
    /// </summary>
    public int PermitLimit { get; set; } = 7;

    /// <summary>The length of the receiver's window. The default value is 1 second. Value must be between 100 milliseconds and 1 hour.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How much longer one request may travel to the receiver than another. The limiter does not see that way and cannot measure it: set it to what
    /// the network does, 25 to 50 ms over the Internet. The default value is 10 milliseconds, for a receiver in the same region. Value must be between
    /// 0 and 9 seconds. It is part of the margin, so each millisecond costs a thousandth of a rate per second.
    /// </summary>
    public TimeSpan ArrivalJitter { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// The longest that a caller waits for its permit; a caller of <see cref="TableRateLimiter.Background"/> waits half as long. When the expected wait
    /// is longer, the lease is refused at once and <see cref="MetadataName.RetryAfter"/> tells the expected wait, so that the caller can put its message
    /// back into a queue. The default value is 10 seconds: room for 64 callers at Kommo's limit, and for what processes book for callers on their way back.
    /// Value must be between 1 second and 5 minutes. It also bounds how far ahead a process books, and so what is lost when it dies.
    /// </summary>
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Permits that may wait in this process for capacity. Callers that find capacity free, as far as this process knows, do not count although they too
    /// wait for storage. The default value is 1000: <see cref="MaxWait"/> bounds the queue before that. Value must be 0 or more.
    /// </summary>
    public int QueueLimit { get; set; } = 1000;

    /// <summary>
    /// Who gets the next permit of this process. With <see cref="QueueProcessingOrder.NewestFirst"/> a newcomer takes the oldest one's place in a full
    /// queue. The default value is <see cref="QueueProcessingOrder.OldestFirst"/>.
    /// </summary>
    public QueueProcessingOrder QueueProcessingOrder { get; set; } = QueueProcessingOrder.OldestFirst;

    /// <summary>
    /// How old this process's knowledge of a pause may be when a permit is used that was booked before. Where the receiver punishes whoever goes on after
    /// its 429, a second is worth the price: one more trip to storage for each bunch of permits that was booked longer ago. The default value is null: as
    /// old as the latest swap. Value must be 100 milliseconds or more.
    /// </summary>
    public TimeSpan? PauseCheckAfter { get; set; }

    /// <summary>
    /// Permits that this process alone grants in a <see cref="Window"/> while storage cannot be reached. Set it to <see cref="PermitLimit"/> divided by
    /// the greatest number of processes, rounded down. The default value is 1: seven processes then still keep a limit of 7. Value must be between
    /// 0 (none at all) and <see cref="PermitLimit"/>.
    /// </summary>
    public int FallbackPermitsPerWindow { get; set; } = 1;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it and the range.</exception>
    public void Validate()
    {
        Within(nameof(PermitLimit), PermitLimit, 1, 1000);
        Within(nameof(Window), Window, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        Within(nameof(ArrivalJitter), ArrivalJitter, TimeSpan.Zero, MaxJitter);
        Within(nameof(MaxWait), MaxWait, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        Within(nameof(PauseCheckAfter), PauseCheckAfter ?? MaxWait, TimeSpan.FromMilliseconds(100), TimeSpan.MaxValue);
        Within(nameof(QueueLimit), QueueLimit, 0, int.MaxValue);
        Within(nameof(QueueProcessingOrder), (int)QueueProcessingOrder, 0, 1);
        Within(nameof(FallbackPermitsPerWindow), FallbackPermitsPerWindow, 0, PermitLimit);
    }

    private static void Within<T>(string option, T value, T min, T max)
        where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
        {
            throw new ArgumentException($"{nameof(TableRateLimiterOptions)}.{option} is {value}; it must be from {min} to {max}.", option);
        }
    }
}
