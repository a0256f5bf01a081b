namespace KommoFunctions.Failures;

/// <summary>Why an account is suspended: a failure that concerns the account as a whole, so that the rest of its work need not be tried.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Error">What Kommo, or the limiter, said.</param>
/// <param name="LookAfter">How long to wait before the first probe.</param>
internal sealed record HoldCause(HoldReason Reason, string Error, TimeSpan LookAfter);
