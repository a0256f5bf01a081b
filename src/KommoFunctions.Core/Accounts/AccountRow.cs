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
        row["State"] = account.State.ToString();
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

    public static KommoAccount Read(TableEntity row) => new()
    {
        Id = long.Parse(row.RowKey, CultureInfo.InvariantCulture),
        Address = new Uri(row.GetString("Address")),
        State = Enum.Parse<AccountState>(row.GetString("State")),
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
}
