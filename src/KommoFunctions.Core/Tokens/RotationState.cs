using Azure.Data.Tables;
using KommoFunctions.Storage;

namespace KommoFunctions.Tokens;

/// <summary>
/// What storage knows of an account's tokens, in the row of the lock, written only by its holder: which pair is the newest and where it is, and
/// whether a refresh is under way. Never a token.
/// </summary>
internal sealed record RotationState : IRowState<RotationState>
{
    public const string LockScope = "token";

    private static readonly DateTimeOffset None = DateTimeOffset.UnixEpoch;

    /// <summary>The newest pair that is known to be stored.</summary>
    public TokenOrder Newest { get; init; }

    /// <summary>The version of the vault's secret that holds it; null while it is in the encrypted copy only.</summary>
    public string? NewestVersion { get; init; }

    /// <summary>The pair that is being asked for, or was when its process ended; null when none is.</summary>
    public TokenOrder? Intent { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset IntentAt { get; init; } = None;

    /// <summary>A version of the secret that is no longer needed and not yet disabled.</summary>
    public string? OldVersion { get; init; }

    /// <summary>How many versions the secret has, as far as counted; 0 when they were never counted.</summary>
    public int Versions { get; init; }

    /// <summary>The generation whose refresh token Kommo refuses; 0 for none.</summary>
    public long RejectedGeneration { get; init; }

    /// <summary>Refreshes that failed since the last one that did not.</summary>
    public int Failures { get; init; }

    /// <summary>Before this, refreshing is not tried again on demand.</summary>
    public DateTimeOffset RetryAt { get; init; } = None;

    /// <summary>Whether the newest pair is in the encrypted copy only.</summary>
    public bool IsInCopy => Newest != default && NewestVersion is null;

    public static RotationState Read(TableEntity? row) => row is null ? new() : new()
    {
        Newest = new(row.GetInt64("NewestGeneration") ?? 0, row.GetInt64("NewestFence") ?? 0),
        NewestVersion = row.GetString("NewestVersion"),
        Intent = row.GetInt64("IntentGeneration") is { } generation ? new(generation, row.GetInt64("IntentFence") ?? 0) : null,
        IntentAt = row.GetDateTimeOffset("IntentAt") ?? None,
        OldVersion = row.GetString("OldVersion"),
        Versions = row.GetInt32("Versions") ?? 0,
        RejectedGeneration = row.GetInt64("RejectedGeneration") ?? 0,
        Failures = row.GetInt32("Failures") ?? 0,
        RetryAt = row.GetDateTimeOffset("RetryAt") ?? None,
    };

    public void Write(TableEntity row)
    {
        row["NewestGeneration"] = Newest.Generation;
        row["NewestFence"] = Newest.Fence;
        row["NewestVersion"] = NewestVersion;
        row["IntentGeneration"] = Intent?.Generation;
        row["IntentFence"] = Intent?.Fence;
        row["IntentAt"] = IntentAt;
        row["OldVersion"] = OldVersion;
        row["Versions"] = Versions;
        row["RejectedGeneration"] = RejectedGeneration;
        row["Failures"] = Failures;
        row["RetryAt"] = RetryAt;
    }
}
