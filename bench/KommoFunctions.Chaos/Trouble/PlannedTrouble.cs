namespace KommoFunctions.Chaos.Trouble;

/// <summary>One failure to come.</summary>
/// <param name="At">When, from the beginning of the run.</param>
/// <param name="Lasts">For how long, where it lasts.</param>
/// <param name="Kind">What fails.</param>
/// <param name="Place">On whom: the number of the account, say.</param>
/// <param name="Amount">How much of it, from 0 to 1: what that means depends on the kind.</param>
internal readonly record struct PlannedTrouble(TimeSpan At, TimeSpan Lasts, TroubleKind Kind, int Place, double Amount);
