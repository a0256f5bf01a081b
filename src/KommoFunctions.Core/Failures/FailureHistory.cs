using System.Text.Json.Serialization;

namespace KommoFunctions.Failures;

/// <summary>What went wrong with a message so far; it travels in the envelope, so that the trigger's dequeue count is left to crashes.</summary>
/// <param name="Attempts">Attempts that failed.</param>
/// <param name="Errors">Attempts among them that failed by an error that waiting does not fix.</param>
/// <param name="FirstAt">When the first one failed, or began to wait.</param>
/// <param name="FirstError">What the first one said.</param>
/// <param name="LastError">What the last one said.</param>
internal sealed record FailureHistory(int Attempts, int Errors, DateTimeOffset FirstAt, string FirstError, string LastError)
{
    /// <summary>Attempts among them that Kommo answered with its block page.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Blocks { get; init; }

    /// <summary>The same, as if Kommo had never answered with its block page.</summary>
    public FailureHistory WithoutBlocks() => this with { Blocks = 0 };

    /// <summary>Adds an attempt that failed.</summary>
    public static FailureHistory Add(FailureHistory? history, Failure failure, DateTimeOffset now)
    {
        var added = Add(history, failure.Error, attempts: 1, errors: failure.Kind == FailureKind.Error ? 1 : 0, now);
        return failure.Account is HoldReason.Blocked ? added with { Blocks = added.Blocks + 1 } : added;
    }

    /// <summary>Adds deliveries that ended without a word, as a crash does.</summary>
    public static FailureHistory AddCrashes(FailureHistory? history, string error, int deliveries, DateTimeOffset now) =>
        Add(history, error, deliveries, deliveries, now);

    /// <summary>Adds an attempt that found that it is not time yet: it does not count, but its time does.</summary>
    public static FailureHistory AddWait(FailureHistory? history, string why, DateTimeOffset now) =>
        Add(history, why, attempts: 0, errors: 0, now);

    private static FailureHistory Add(FailureHistory? history, string error, int attempts, int errors, DateTimeOffset now) => history is null
        ? new FailureHistory(attempts, errors, now, error, error)
        : history with { Attempts = history.Attempts + attempts, Errors = history.Errors + errors, LastError = error };
}
