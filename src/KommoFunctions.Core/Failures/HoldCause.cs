namespace KommoFunctions.Failures;

/// <summary>What in an account's work failed for the account as a whole, so that the rest of its work need not be tried.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Error">What Kommo, or the limiter, said.</param>
/// <param name="LookAfter">When to look again.</param>
internal sealed record HoldCause(HoldReason Reason, string Error, TimeSpan LookAfter);
