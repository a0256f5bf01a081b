using KommoFunctions.Holds;
using KommoFunctions.Limiting;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Failures;

/// <summary>
/// Decides what is done about a failure. Pure: the same failure, history and time give the same decision, but for the jitter of a delay. Every
/// message ends: what fails or waits for longer than <see cref="RetryOptions.GiveUpAfter"/> becomes a dead letter, whatever it waited for.
/// </summary>
internal sealed class FailurePolicy(IOptions<RetryOptions> retries, IOptions<HoldOptions> holds, IOptions<LimitOptions> limits)
{
    /// <summary>
    /// Block pages that the same piece of work is answered with, each after a probe that found the account served, before the page is taken for an answer to
    /// what the work asks.
    /// </summary>
    public const int MaxBlocks = 3;

    private readonly RetryOptions _retries = retries.Value;
    private readonly HoldOptions _holds = holds.Value;
    private readonly LimitOptions _limits = limits.Value;
    private readonly RetrySchedule _schedule = new(retries.Value, Random.Shared);

    /// <param name="failure">What happened now.</param>
    /// <param name="history">What went wrong with the message before; null at the first attempt.</param>
    /// <param name="now">The time, UTC.</param>
    public FailureDecision Decide(Failure failure, FailureHistory? history, DateTimeOffset now)
    {
        var (updated, own) = Own(failure, history, now);
        return own is not FailureDecision.Completed && !IsAboutWork(failure, updated) && CauseOf(failure, updated?.Attempts ?? 0) is { } cause
            ? new FailureDecision.Suspend(cause, IsProven(failure), own, updated)
            : own;
    }

    /// <summary>Whether a piece of work that began to fail then has failed for so long that it is given up.</summary>
    public bool IsOverdue(DateTimeOffset firstAt, DateTimeOffset now) => now - firstAt >= _retries.GiveUpAfter;

    /// <summary>What a failure says of the account as a whole; null when it concerns one piece of work only, or passes soon.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="attempts">How often the same piece of work has failed; trouble that is Kommo's own counts from a number on.</param>
    public HoldCause? CauseOf(Failure failure, int attempts)
    {
        var pause = failure.RetryAfter ?? _limits.PauseWhenLimited;
        TimeSpan? lookAfter = failure.Account switch
        {
            HoldReason.NeedsAuthorization or HoldReason.Unpaid or HoldReason.Misconfigured => _holds.LookForMending,
            HoldReason.Blocked => _limits.PauseWhenBlocked,
            HoldReason.Limited when pause >= _holds.ShortestPause => pause,
            HoldReason.Away when attempts >= _holds.AwayAfter => _holds.LookEvery,
            _ => null,
        };
        return lookAfter is { } after ? new HoldCause(failure.Account!.Value, failure.Error, after) : null;
    }

    /// <summary>
    /// The account's own row says that it has no token that works, and the limiter has stopped all its requests already: to ask Kommo would tell nothing more,
    /// and each request prolongs a block.
    /// </summary>
    private static bool IsProven(Failure failure) => failure switch
    {
        { Account: HoldReason.Blocked or HoldReason.Limited } => true,
        { Account: HoldReason.NeedsAuthorization, Kind: FailureKind.Waiting } => true,
        _ => false,
    };

    /// <summary>Whether a block page says something of the work rather than of the account.</summary>
    private static bool IsAboutWork(Failure failure, FailureHistory? history) => failure.Account is HoldReason.Blocked && history?.Blocks >= MaxBlocks;

    /// <summary>What is done when the failure concerns the message alone.</summary>
    private (FailureHistory? Updated, FailureDecision Decision) Own(Failure failure, FailureHistory? history, DateTimeOffset now)
    {
        switch (failure.Kind)
        {
            case FailureKind.Processed:
                return (history, new FailureDecision.Completed());
            case FailureKind.Progress:
                // What went on anew has failed at nothing.
                return (null, new FailureDecision.Retry(failure.RetryAfter ?? TimeSpan.Zero, null));
            case FailureKind.Waiting:
                var waited = FailureHistory.AddWait(history, failure.Error, now);
                return (waited, Reason(failure, waited, now) is { } tooLong
                    ? new FailureDecision.DeadLetter(tooLong, waited)
                    : new FailureDecision.Retry(failure.RetryAfter ?? _schedule.Next(1), waited));
            default:
                var failed = FailureHistory.Add(history, failure, now);
                return (failed, Reason(failure, failed, now) is { } reason
                    ? new FailureDecision.DeadLetter(reason, failed)
                    : new FailureDecision.Retry(_schedule.Next(failed.Attempts, failure.RetryAfter), failed));
        }
    }

    private string? Reason(Failure failure, FailureHistory history, DateTimeOffset now) => failure.Kind switch
    {
        FailureKind.Permanent => failure.Reason ?? DeadLetterReasons.HandlerFailed,
        FailureKind.Error when history.Errors >= _retries.HandlerAttempts => DeadLetterReasons.HandlerFailed,
        _ when IsAboutWork(failure, history) => DeadLetterReasons.Refused,
        _ => IsOverdue(history.FirstAt, now) ? DeadLetterReasons.GaveUp : null,
    };
}
