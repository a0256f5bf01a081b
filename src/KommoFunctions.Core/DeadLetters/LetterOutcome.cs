namespace KommoFunctions.DeadLetters;

/// <summary>What became of something that an operator wanted of a dead letter.</summary>
/// <param name="Result">Whether it was done.</param>
/// <param name="Detail">Why not, and what to do; of what was done what happens next.</param>
/// <param name="Letter">The dead letter as it is now, where it was changed.</param>
internal sealed record LetterOutcome(LetterResult Result, string Detail, DeadLetter? Letter = null)
{
    public static readonly LetterOutcome NotFound = new(LetterResult.NotFound, "There is no such dead letter. Perhaps it was replayed and is done.");

    public static readonly LetterOutcome Changed = new(
        LetterResult.Changed, "It has changed since you read it: it was edited, was replayed, or came back. Read it again, and decide then.");

    public static LetterOutcome Done(string detail, DeadLetter? letter = null) => new(LetterResult.Done, detail, letter);

    public static LetterOutcome Refused(string detail) => new(LetterResult.Refused, detail);
}

internal enum LetterResult
{
    Done,
    NotFound,

    /// <summary>Somebody else was faster.</summary>
    Changed,

    /// <summary>It cannot be done with this item as it is.</summary>
    Refused,
}
