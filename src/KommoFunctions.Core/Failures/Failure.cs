namespace KommoFunctions.Failures;

/// <summary>In order of severity: of several failures the greatest counts. Do not reorder.</summary>
internal enum FailureKind
{
    /// <summary>Nothing failed: the message was processed to its end before, and came again because its queue did not hear of that.</summary>
    Processed,

    /// <summary>Nothing failed: a part of the work is done, and the rest goes on after the others' turn.</summary>
    Progress,

    /// <summary>Nothing failed yet: it is somebody else's turn, or not time yet.</summary>
    Waiting,

    /// <summary>An outside failure that passes, or that somebody fixes.</summary>
    Transient,

    /// <summary>An error that may be of the handler's own making; tried a few times.</summary>
    Error,

    /// <summary>Trying again changes nothing.</summary>
    Permanent,
}

/// <summary>What an exception means for the message that it came from.</summary>
/// <param name="Kind">Whether trying again helps.</param>
/// <param name="Error">The exception in a line, for the log and for operators.</param>
/// <param name="Exception">The exception.</param>
internal sealed record Failure(FailureKind Kind, string Error, Exception Exception)
{
    /// <summary>The time after which to try again, where the failure tells one.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The reason of the dead letter that a permanent failure becomes.</summary>
    public string? Reason { get; init; }

    /// <summary>What may be wrong with the account as a whole; null for what concerns one piece of work only.</summary>
    public HoldReason? Account { get; init; }

    /// <summary>The account, where the failure knows it better than the message, as with chats.</summary>
    public long? AccountId { get; init; }
}
