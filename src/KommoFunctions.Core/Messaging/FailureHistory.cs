namespace KommoFunctions.Messaging;

/// <summary>What went wrong with a message so far; it travels in the envelope, so that the trigger's dequeue count is left to crashes.</summary>
/// <param name="Attempts">Attempts that failed.</param>
/// <param name="Errors">Attempts among them that failed by an error that waiting does not mend.</param>
/// <param name="FirstAt">When the first one failed.</param>
/// <param name="FirstError">What the first one said.</param>
/// <param name="LastError">What the last one said.</param>
internal sealed record FailureHistory(int Attempts, int Errors, DateTimeOffset FirstAt, string FirstError, string LastError)
{
    public static FailureHistory Add(FailureHistory? history, string error, bool isError, DateTimeOffset now) => history is null
        ? new FailureHistory(1, isError ? 1 : 0, now, error, error)
        : history with { Attempts = history.Attempts + 1, Errors = history.Errors + (isError ? 1 : 0), LastError = error };
}
