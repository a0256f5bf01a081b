using Azure;

namespace KommoFunctions.DeadLetters;

/// <summary>Something that could not be processed.</summary>
public sealed record DeadLetter
{
    /// <summary>Its identity; the same message that fails again keeps it.</summary>
    public required string Id { get; init; }

    /// <summary>The account that it belongs to; 0 when that could not be read.</summary>
    public required long AccountId { get; init; }

    /// <summary>The queue, or outbox lane, that it was taken from and that a replay puts it back to.</summary>
    public required string Source { get; init; }

    /// <summary>Why, one of <see cref="DeadLetterReasons"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>What the first failed attempt said.</summary>
    public required string FirstError { get; init; }

    /// <summary>What the last failed attempt said.</summary>
    public required string LastError { get; init; }

    /// <summary>How many attempts were made.</summary>
    public required int Attempts { get; init; }

    /// <summary>How often it was replayed and came back.</summary>
    public int Replays { get; init; }

    /// <summary>When it was taken in, UTC.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When it was given up, UTC.</summary>
    public required DateTimeOffset DiedAt { get; init; }

    /// <summary>The message as it was, complete.</summary>
    public required BinaryData Message { get; init; }

    /// <summary>The row's version when it was read; null for one that was not.</summary>
    internal ETag? ETag { get; init; }
}
