using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;

namespace KommoFunctions.Accounts;

/// <summary>The connected accounts, one row each.</summary>
public sealed class AccountStore
{
    private const string Partition = "account";

    /// <summary>Table storage keeps times up to the end of 9999 but the emulator does not read the last moment back.</summary>
    private static readonly DateTimeOffset Never = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TableClient _table;

    internal AccountStore(TableClient table) => _table = table;

    /// <summary>One account; null when it is not known.</summary>
    public async Task<KommoAccount?> GetAsync(long id, CancellationToken cancellationToken = default)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, Key(id), cancellationToken: cancellationToken);
        return row.HasValue ? Read(row.Value!) : null;
    }

    /// <summary>All accounts.</summary>
    public IAsyncEnumerable<KommoAccount> ListAsync(CancellationToken cancellationToken = default) =>
        QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken);

    /// <summary>The active accounts whose tokens are to be refreshed by now; the table finds them, no secret is read.</summary>
    internal IAsyncEnumerable<KommoAccount> ListDueForRefreshAsync(DateTimeOffset now, CancellationToken cancellationToken) => QueryAsync(
        TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and State eq {nameof(AccountState.Active)} and RefreshDueAt le {now}"),
        cancellationToken);

    /// <summary>Writes an account whole: when it is connected.</summary>
    internal Task PutAsync(KommoAccount account, CancellationToken cancellationToken) => _table.UpsertEntityAsync(
        new TableEntity(Partition, Key(account.Id))
        {
            ["Address"] = account.Address.AbsoluteUri,
            ["State"] = account.State.ToString(),
            ["ConnectedAt"] = account.ConnectedAt,
            ["TokenExpiresAt"] = Storable(account.TokenExpiresAt),
            ["RefreshDueAt"] = Storable(account.RefreshDueAt),
            ["ReconciledUntil"] = account.ReconciledUntil,
            ["UninstalledAt"] = account.UninstalledAt,
            ["AmojoId"] = account.AmojoId,
            ["Name"] = account.Name,
            ["Currency"] = account.Currency,
            ["TimeZone"] = account.TimeZone,
            ["ApiDomain"] = account.ApiDomain,
            ["Scopes"] = account.Scopes,
            ["Hooks"] = account.Hooks.ToString(),
            ["HooksProblem"] = account.HooksProblem,
            ["SecretDeletedAt"] = account.SecretDeletedAt,
        },
        TableUpdateMode.Replace,
        cancellationToken);

    /// <summary>Writes what a refresh changes, and nothing else, so that others' changes stay.</summary>
    internal Task SetTokenAsync(long id, DateTimeOffset expiresAt, DateTimeOffset refreshDueAt, CancellationToken cancellationToken) => MergeAsync(
        id,
        cancellationToken,
        ("TokenExpiresAt", Storable(expiresAt)),
        ("RefreshDueAt", Storable(refreshDueAt)),
        ("State", nameof(AccountState.Active)));

    /// <summary>Writes the account's state.</summary>
    internal Task SetStateAsync(long id, AccountState state, CancellationToken cancellationToken) =>
        MergeAsync(id, cancellationToken, ("State", state.ToString()));

    /// <summary>Writes that the account removed the integration; connecting it again takes that back.</summary>
    internal Task SetUninstalledAsync(long id, DateTimeOffset at, CancellationToken cancellationToken) =>
        MergeAsync(id, cancellationToken, ("State", nameof(AccountState.Uninstalled)), ("UninstalledAt", at));

    /// <summary>Writes the account's id in the Chats API.</summary>
    internal Task SetAmojoIdAsync(long id, string amojoId, CancellationToken cancellationToken) =>
        MergeAsync(id, cancellationToken, ("AmojoId", amojoId));

    /// <summary>Writes the account's time zone.</summary>
    internal Task SetTimeZoneAsync(long id, string timeZone, CancellationToken cancellationToken) =>
        MergeAsync(id, cancellationToken, ("TimeZone", timeZone));

    /// <summary>Writes up to when the account is reconciled.</summary>
    internal Task SetReconciledAsync(long id, DateTimeOffset until, CancellationToken cancellationToken) =>
        MergeAsync(id, cancellationToken, ("ReconciledUntil", until));

    private async Task MergeAsync(long id, CancellationToken cancellationToken, params (string Name, object Value)[] changes)
    {
        var row = new TableEntity(Partition, Key(id));
        foreach (var (name, value) in changes)
        {
            row[name] = value;
        }

        await _table.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Merge, cancellationToken);
    }

    private async IAsyncEnumerable<KommoAccount> QueryAsync(string filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return Read(row);
        }
    }

    private static KommoAccount Read(TableEntity row) => new()
    {
        Id = long.Parse(row.RowKey, CultureInfo.InvariantCulture),
        Address = new Uri(row.GetString("Address")),
        State = Enum.Parse<AccountState>(row.GetString("State")),
        ConnectedAt = row.GetDateTimeOffset("ConnectedAt") ?? default,
        TokenExpiresAt = row.GetDateTimeOffset("TokenExpiresAt") ?? default,
        RefreshDueAt = row.GetDateTimeOffset("RefreshDueAt") ?? Never,
        ReconciledUntil = row.GetDateTimeOffset("ReconciledUntil") ?? default,
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

    private static DateTimeOffset Storable(DateTimeOffset time) => time < Never ? time : Never;

    private static string Key(long id) => id.ToString(CultureInfo.InvariantCulture);

    /// <summary>Writes what Kommo tells of the account; what it does not tell stays.</summary>
    internal Task SetFactsAsync(KommoAccount account, CancellationToken cancellationToken) => MergeAsync(
        account.Id,
        cancellationToken,
        [
            .. new (string Name, string? Value)[]
            {
                ("Name", account.Name),
                ("Currency", account.Currency),
                ("TimeZone", account.TimeZone),
                ("AmojoId", account.AmojoId),
            }.Where(fact => fact.Value is not null).Select(fact => (fact.Name, (object)fact.Value!)),
        ]);

    /// <summary>Writes where the account is now.</summary>
    internal Task SetAddressAsync(long id, Uri address, CancellationToken cancellationToken) =>
        MergeAsync(id, cancellationToken, ("Address", address.AbsoluteUri));

    /// <summary>Writes whether Kommo sends the account's hooks here.</summary>
    internal Task SetHooksAsync(long id, HookState hooks, string? problem, CancellationToken cancellationToken) =>
        MergeAsync(id, cancellationToken, ("Hooks", hooks.ToString()), ("HooksProblem", problem ?? string.Empty));

    /// <summary>Writes that the account's tokens are gone.</summary>
    internal Task SetSecretDeletedAsync(long id, DateTimeOffset at, CancellationToken cancellationToken) =>
        MergeAsync(id, cancellationToken, ("SecretDeletedAt", at));
}
