namespace TableRateLimiting.Internal;

/// <summary>A booked instant on the scale of <see cref="StorageClock.Elapsed"/> and the permits that may be used then.</summary>
/// <param name="Instant">From when on.</param>
/// <param name="UsableUntil">Until when.</param>
/// <param name="Permits">How many are left of it.</param>
/// <param name="Grant">Each of them as the record has it.</param>
/// <param name="Spare">Whether it was booked for callers still to come.</param>
internal readonly record struct Slot(long Instant, long UsableUntil, int Permits, Grant Grant, bool Spare = false);

/// <summary>What a waiter is told: use the permits of this slot now, or that they are refused.</summary>
internal readonly record struct Verdict(bool Granted, Slot Slot, int Freezes, TimeSpan? RetryAfter)
{
    public static Verdict Grant(Slot slot, int freezes) => new(true, slot, freezes, null);

    public static Verdict Refuse(TimeSpan? retryAfter) => new(false, default, 0, retryAfter);
}

/// <summary>What a caller wants.</summary>
/// <param name="Permits">How many permits, all at one instant.</param>
/// <param name="Background">Whether interactive callers go before it.</param>
/// <param name="Ahead">Whether it is to be told when the permits are booked, and not when they are due.</param>
/// <param name="NotBefore">The first instant at which they are of use.</param>
/// <param name="Deadline">The last one, or null: as long as the options let it wait.</param>
internal readonly record struct Wish(int Permits, bool Background = false, bool Ahead = false, long NotBefore = long.MinValue, long? Deadline = null);

/// <summary>A caller in the queue.</summary>
/// <param name="wish">What it wants.</param>
/// <param name="order">Its place by arrival, kept when it has to queue again.</param>
/// <param name="arrived">When it asked.</param>
/// <param name="deadline">When it is refused if it has no permit by then.</param>
internal sealed class Waiter(Wish wish, long order, long arrived, long deadline)
{
    private TaskCompletionSource<Verdict> _verdict = NewSource();

    public int Permits => wish.Permits;

    public bool Background => wish.Background;

    public bool Ahead => wish.Ahead;

    public long Order => order;

    public long Arrived => arrived;

    public long Deadline => deadline;

    /// <summary>Whether it counts against the queue's limit: it has to wait for capacity, not only for the swap.</summary>
    public bool Counts { get; set; }

    public Task<Verdict> Verdict => _verdict.Task;

    public Demand Demand => new(wish.Permits, deadline, wish.NotBefore, wish.Background);

    public bool Tell(Verdict verdict) => _verdict.TrySetResult(verdict);

    public void Cancel(CancellationToken cancellationToken) => _verdict.TrySetCanceled(cancellationToken);

    public void WaitAgain() => _verdict = NewSource();

    /// <summary>One caller's code must not delay the others' permits.</summary>
    private static TaskCompletionSource<Verdict> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
