using Azure;
using KommoFunctions.Failures;

namespace KommoFunctions.Holds;

/// <summary>An account whose work is set aside until it can be done.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Reason">Why.</param>
/// <param name="Error">What Kommo said last.</param>
/// <param name="Since">Since when, UTC.</param>
/// <param name="LookAt">When it is looked at next: not after that, by storage's time, which the message about it goes by too; UTC.</param>
/// <param name="Looks">How often it was looked at in vain.</param>
internal sealed record AccountHold(long AccountId, HoldReason Reason, string Error, DateTimeOffset Since, DateTimeOffset LookAt, int Looks)
{
    /// <summary>The row's version.</summary>
    public ETag ETag { get; init; }
}
