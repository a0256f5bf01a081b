using Azure;
using KommoFunctions.Failures;

namespace KommoFunctions.DeadLetters;

/// <summary>What is known of something that could not be processed, without its message.</summary>
public record DeadLetterSummary
{
    /// <summary>Its identity within the account; the same message that fails again keeps it.</summary>
    public required string Id { get; init; }

    /// <summary>The account that it belongs to; 0 when that could not be read, or when only the content tells, as with chats.</summary>
    public required long AccountId { get; init; }

    /// <summary>The queue, or <c>outbox:</c> and a lane, that it was taken from and that a replay puts it back to.</summary>
    public required string Source { get; init; }

    /// <summary>Why, one of <see cref="DeadLetterReasons"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>What it is about; null when that could not be read.</summary>
    public DeadLetterSubject? Subject { get; init; }

    /// <summary>What the first failed attempt said.</summary>
    public required string FirstError { get; init; }

    /// <summary>What the last failed attempt said.</summary>
    public required string LastError { get; init; }

    /// <summary>How many attempts were made, over all replays.</summary>
    public required int Attempts { get; init; }

    /// <summary>How often it was replayed and came back.</summary>
    public int Replays { get; init; }

    /// <summary>When it was taken in, UTC.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When it was given up, UTC; the last time, if it was replayed since.</summary>
    public required DateTimeOffset DiedAt { get; init; }

    /// <summary>When it was last put back to where it came from, UTC; null when it never was.</summary>
    public DateTimeOffset? ReplayedAt { get; init; }

    /// <summary>How often its body was replaced by an operator's.</summary>
    public int Edits { get; init; }

    /// <summary>When that was last done, UTC.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>Whether it was put back and has not come to an end since.</summary>
    public bool IsUnderWay => ReplayedAt > DiedAt;

    /// <summary>The row's version when it was read; null for one that was not.</summary>
    internal ETag? ETag { get; init; }
}
