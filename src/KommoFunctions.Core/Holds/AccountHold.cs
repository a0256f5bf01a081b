using Azure;
using KommoFunctions.Failures;

namespace KommoFunctions.Holds;

/// <summary>A suspended account: its work waits until Kommo serves it again.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Reason">Why.</param>
/// <param name="Error">What Kommo said last.</param>
/// <param name="Since">Since when, UTC.</param>
/// <param name="LookAt">When it is probed next: not after that, by storage's time, which the message about it goes by too; UTC.</param>
/// <param name="Looks">How many probes have failed.</param>
internal sealed record AccountHold(long AccountId, HoldReason Reason, string Error, DateTimeOffset Since, DateTimeOffset LookAt, int Looks)
{
    /// <summary>The row's version.</summary>
    public ETag ETag { get; init; }
}
