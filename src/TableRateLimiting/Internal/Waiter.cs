namespace TableRateLimiting.Internal;

/// <summary>A booked instant on the scale of <see cref="StorageClock.Elapsed"/> and the permits that may be used then.</summary>
internal readonly record struct Slot(long Instant, int Permits);

/// <summary>What a waiter is told: use the permits now, but not after <see cref="UsableUntil"/>; or they are refused.</summary>
internal readonly record struct Verdict(bool Granted, long UsableUntil, int Freezes, TimeSpan? RetryAfter)
{
    public static Verdict Grant(long usableUntil, int freezes) => new(true, usableUntil, freezes, null);

    public static Verdict Refuse(TimeSpan? retryAfter) => new(false, 0, 0, retryAfter);
}

/// <summary>A caller in the queue.</summary>
/// <param name="permits">How many permits it wants, all at one instant.</param>
/// <param name="order">Its place by arrival, kept when it has to queue again.</param>
/// <param name="arrived">When it asked.</param>
/// <param name="deadline">When it is refused if it has no permit by then.</param>
internal sealed class Waiter(int permits, long order, long arrived, long deadline)
{
    private TaskCompletionSource<Verdict> _verdict = NewSource();

    public int Permits => permits;

    public long Order => order;

    public long Arrived => arrived;

    public long Deadline => deadline;

    /// <summary>Whether it counts against the queue's limit: it has to wait for capacity, not only for the swap.</summary>
    public bool Counts { get; set; }

    public Task<Verdict> Verdict => _verdict.Task;

    public Demand Demand => new(permits, deadline);

    public bool Tell(Verdict verdict) => _verdict.TrySetResult(verdict);

    public void Cancel(CancellationToken cancellationToken) => _verdict.TrySetCanceled(cancellationToken);

    public void WaitAgain() => _verdict = NewSource();

    /// <summary>One caller's code must not delay the others' permits.</summary>
    private static TaskCompletionSource<Verdict> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
