using KommoFunctions.Failures;

namespace KommoFunctions.DeadLetters;

/// <summary>Something that could not be processed, complete.</summary>
public sealed record DeadLetter : DeadLetterSummary
{
    /// <summary>The message that a replay puts back: as it was, or with the body that an operator gave it.</summary>
    public required BinaryData Message { get; init; }

    /// <summary>The message as it was, when an operator has given it another body; else null.</summary>
    public BinaryData? Original { get; init; }

    /// <summary>Each time that it was given up, oldest first; the first one and the latest are always among them.</summary>
    public IReadOnlyList<Death> Deaths { get; init; } = [];
}

/// <summary>One time that something was given up.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Reason">Why, one of <see cref="DeadLetterReasons"/>.</param>
/// <param name="Error">What the last attempt before it said, shortened.</param>
/// <param name="Attempts">The attempts since the time before.</param>
public sealed record Death(DateTimeOffset At, string Reason, string Error, int Attempts);
