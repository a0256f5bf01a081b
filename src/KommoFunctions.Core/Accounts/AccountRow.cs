using System.Globalization;
using Azure.Data.Tables;

namespace KommoFunctions.Accounts;

/// <summary>An account as a row. What a later version has added to it stays.</summary>
internal static class AccountRow
{
    public const string Partition = "account";

    /// <summary>Table storage keeps times up to the end of 9999 but the emulator does not read the last moment back.</summary>
    public static readonly DateTimeOffset Never = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset Storable(DateTimeOffset time) => time < Never ? time : Never;

    public static string Key(long id) => id.ToString(CultureInfo.InvariantCulture);

    public static TableEntity Write(TableEntity? known, KommoAccount account)
    {
        var row = known ?? new TableEntity(Partition, Key(account.Id));
        row["Address"] = account.Address.AbsoluteUri;
        if (known is null || StateOf(known) != account.State)
        {
            row["State"] = account.State.ToString();
        }

        row["StateSince"] = account.StateSince;
        row["StateReason"] = account.StateReason;
        row["ConnectedAt"] = account.ConnectedAt;
        row["Connections"] = account.Connections;
        row["TokenGeneration"] = account.TokenOrder.Generation;
        row["TokenFence"] = account.TokenOrder.Fence;
        row["TokenExpiresAt"] = Storable(account.TokenExpiresAt);
        row["RefreshDueAt"] = Storable(account.RefreshDueAt);
        row["ReconciledUntil"] = account.ReconciledUntil;
        row["ReconcileFailedAt"] = account.ReconcileFailedAt;
        row["UninstalledAt"] = account.UninstalledAt;
        row["AmojoId"] = account.AmojoId;
        row["Name"] = account.Name;
        row["Currency"] = account.Currency;
        row["TimeZone"] = account.TimeZone;
        row["ApiDomain"] = account.ApiDomain;
        row["Scopes"] = account.Scopes;
        row["Hooks"] = account.Hooks.ToString();
        row["HooksProblem"] = account.HooksProblem;
        row["SecretDeletedAt"] = account.SecretDeletedAt;
        return row;
    }

    /// <exception cref="InvalidDataException">The row has no address, or is not an account's.</exception>
    public static KommoAccount Read(TableEntity row) => TryRead(row)
        ?? throw new InvalidDataException($"The row '{row.RowKey}' of the accounts has no valid id or address.");

    /// <summary>The account; null when its row has no address, or is not an account's.</summary>
    public static KommoAccount? TryRead(TableEntity row) =>
        long.TryParse(row.RowKey, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Uri.TryCreate(row.GetString("Address"), UriKind.Absolute, out var address)
            ? Read(row, id, address)
            : null;

    private static KommoAccount Read(TableEntity row, long id, Uri address) => new()
    {
        Id = id,
        Address = address,
        State = StateOf(row),
        StateSince = row.GetDateTimeOffset("StateSince"),
        StateReason = row.GetString("StateReason") is { Length: > 0 } reason ? reason : null,
        ConnectedAt = row.GetDateTimeOffset("ConnectedAt") ?? default,
        Connections = row.GetInt64("Connections") ?? 0,
        TokenOrder = new(row.GetInt64("TokenGeneration") ?? 0, row.GetInt64("TokenFence") ?? 0),
        TokenExpiresAt = row.GetDateTimeOffset("TokenExpiresAt") ?? default,
        RefreshDueAt = row.GetDateTimeOffset("RefreshDueAt") ?? Never,
        ReconciledUntil = row.GetDateTimeOffset("ReconciledUntil") ?? default,
        ReconcileFailedAt = row.GetDateTimeOffset("ReconcileFailedAt"),
        UninstalledAt = row.GetDateTimeOffset("UninstalledAt"),
        AmojoId = row.GetString("AmojoId"),
        Name = row.GetString("Name"),
        Currency = row.GetString("Currency"),
        TimeZone = row.GetString("TimeZone"),
        ApiDomain = row.GetString("ApiDomain"),
        Scopes = row.GetString("Scopes"),
        Hooks = Enum.TryParse<HookState>(row.GetString("Hooks"), out var hooks) ? hooks : HookState.Unknown,
        HooksProblem = row.GetString("HooksProblem") is { Length: > 0 } problem ? problem : null,
        SecretDeletedAt = row.GetDateTimeOffset("SecretDeletedAt"),
    };

    /// <summary>
    /// A state that a later version knows is read as the one in which nothing is done for the account and nothing of it is deleted. It stays in the row until the
    /// state changes.
    /// </summary>
    private static AccountState StateOf(TableEntity row) =>
        Enum.TryParse<AccountState>(row.GetString("State"), out var state) && Enum.IsDefined(state) ? state : AccountState.NeedsAuthorization;
}
