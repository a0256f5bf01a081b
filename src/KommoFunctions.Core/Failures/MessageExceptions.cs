namespace KommoFunctions.Failures;

/// <summary>The message cannot be read at all, now or later.</summary>
internal sealed class UnreadableMessageException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The work cannot succeed however often it is tried; the message becomes a dead letter.</summary>
internal sealed class PermanentFailureException(string reason, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The reason, one of <see cref="DeadLetterReasons"/>.</summary>
    public string Reason { get; } = reason;
}

/// <summary>The message was processed to its end before, and came again because its queue did not hear of that.</summary>
internal sealed class AlreadyDoneException(string message) : Exception(message);

/// <summary>The work cannot be done just now; the message goes back into its queue.</summary>
internal class NotNowException(string message, TimeSpan? retryAfter = null, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The time after which to try again; null leaves it to the retry policy.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>Whether a part of the work was done, so that what came before does not count as waiting.</summary>
    public bool MadeProgress { get; init; }
}
