namespace KommoFunctions.Failures;

/// <summary>What is done with a message whose work failed.</summary>
internal abstract record FailureDecision
{
    private FailureDecision()
    {
    }

    /// <summary>It may leave its queue: nothing is left to do.</summary>
    public sealed record Completed : FailureDecision;

    /// <summary>It goes back into its queue.</summary>
    /// <param name="After">How long it waits there.</param>
    /// <param name="History">What went wrong so far; it travels along.</param>
    public sealed record Retry(TimeSpan After, FailureHistory? History) : FailureDecision;

    /// <summary>It is kept until a person decides.</summary>
    /// <param name="Reason">Why, one of <see cref="DeadLetterReasons"/>.</param>
    /// <param name="History">What went wrong.</param>
    public sealed record DeadLetter(string Reason, FailureHistory History) : FailureDecision;

    /// <summary>Its account is suspended.</summary>
    /// <param name="Cause">Why, and until when.</param>
    /// <param name="IsProven">
    /// Whether the failure proves it. If not, it is believed only after a request for the account itself has failed too: one request may be refused
    /// for what it asks.
    /// </param>
    /// <param name="Otherwise">What is done when the suspension is not confirmed.</param>
    /// <param name="History">What went wrong with the message so far.</param>
    public sealed record Suspend(HoldCause Cause, bool IsProven, FailureDecision Otherwise, FailureHistory? History) : FailureDecision;
}
