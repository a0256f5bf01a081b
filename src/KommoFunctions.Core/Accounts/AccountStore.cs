using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;

namespace KommoFunctions.Accounts;

/// <summary>
/// The connected accounts, one row each, and beside them one row for each refresh to come, sorted by its time: what is due is at the beginning,
/// and nobody has to look at the accounts that are not.
/// </summary>
public sealed class AccountStore
{
    private const string Partition = "account";
    private const string DuePartition = "due";

    /// <summary>Table storage keeps times up to the end of 9999 but the emulator does not read the last moment back.</summary>
    internal static readonly DateTimeOffset Never = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TableClient _table;
    private readonly TimeProvider _time;

    internal AccountStore(TableClient table, TimeProvider time) => (_table, _time) = (table, time);

    /// <summary>One account; null when it is not known.</summary>
    public async Task<KommoAccount?> GetAsync(long id, CancellationToken cancellationToken = default)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, Key(id), cancellationToken: cancellationToken);
        return row.HasValue ? Read(row.Value!) : null;
    }

    /// <summary>Whether an account is connected at this address.</summary>
    internal async Task<bool> HasConnectedAsync(Uri address, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {Partition} and Address eq {address.AbsoluteUri} and State ne {nameof(AccountState.Uninstalled)}");
        await foreach (var _ in _table.QueryAsync<TableEntity>(filter, maxPerPage: 1, select: ["RowKey"], cancellationToken: cancellationToken))
        {
            return true;
        }

        return false;
    }

    /// <summary>All accounts.</summary>
    public IAsyncEnumerable<KommoAccount> ListAsync(CancellationToken cancellationToken = default) =>
        QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken);

    /// <summary>What is to be refreshed by <paramref name="now"/>, the longest due first. An entry can be out of date: the account's own row counts.</summary>
    internal async IAsyncEnumerable<DueRefresh> ListDueAsync(DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {DuePartition} and RowKey lt {DueKey(now.AddTicks(1), 0)}");
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellationToken))
        {
            var parts = row.RowKey.Split('-');
            yield return new DueRefresh(
                long.Parse(parts[1], CultureInfo.InvariantCulture), new(long.Parse(parts[0], CultureInfo.InvariantCulture), TimeSpan.Zero));
        }
    }

    /// <summary>Writes an account whole: when it is connected.</summary>
    internal async Task PutAsync(KommoAccount account, CancellationToken cancellationToken)
    {
        var before = await GetAsync(account.Id, cancellationToken);
        await AddDueAsync(account.Id, account.RefreshDueAt, cancellationToken);
        var written = before is not null && before.State != account.State ? account with { StateSince = _time.GetUtcNow(), StateReason = null } : account;
        await _table.UpsertEntityAsync(Row(written), TableUpdateMode.Replace, cancellationToken);
        await RemoveDueAsync(account.Id, before?.RefreshDueAt, account.RefreshDueAt, cancellationToken);
    }

    /// <summary>Writes what a refresh changes, and nothing else, so that others' changes stay.</summary>
    /// <returns>The account as it was before.</returns>
    internal Task<KommoAccount?> SetTokenAsync(long id, DateTimeOffset expiresAt, DateTimeOffset refreshDueAt, CancellationToken cancellationToken) =>
        SetDueAsync(id, refreshDueAt, cancellationToken, ("TokenExpiresAt", Storable(expiresAt)));

    /// <summary>Writes when the refresh is tried again.</summary>
    /// <returns>The account as it was before.</returns>
    internal Task<KommoAccount?> SetDueAsync(long id, DateTimeOffset refreshDueAt, CancellationToken cancellationToken) =>
        SetDueAsync(id, refreshDueAt, cancellationToken, []);

    /// <summary>
    /// Puts the entries of a refresh to come right: one for the time that the account's row has, or none for an account that is not refreshed. Called
    /// where an entry and the row were found to differ, as after a crash between the two.
    /// </summary>
    internal async Task TidyDueAsync(DueRefresh found, KommoAccount? account, CancellationToken cancellationToken)
    {
        var due = account is not null && account.State.IsConnected() ? account.RefreshDueAt : Never;
        if (account is not null)
        {
            await AddDueAsync(found.AccountId, due, cancellationToken);
        }

        await RemoveDueAsync(found.AccountId, found.At, due, cancellationToken);
    }

    /// <summary>Sees to it that the refresh of an account that is connected has its entry.</summary>
    internal Task EnsureDueAsync(KommoAccount account, CancellationToken cancellationToken) =>
        account.State.IsConnected() ? AddDueAsync(account.Id, account.RefreshDueAt, cancellationToken) : Task.CompletedTask;

    /// <summary>Writes the account's state as it is, whatever it was.</summary>
    internal Task SetStateAsync(long id, AccountState state, CancellationToken cancellationToken) =>
        MergeAsync(id, cancellationToken, ("State", state.ToString()));

    /// <summary>Changes the account's state, unless it has that already or <paramref name="mayChange"/> says no; of many who want the same change, one makes it.</summary>
    /// <returns>The account as it was before the change; null when nothing was changed.</returns>
    internal async Task<KommoAccount?> ChangeStateAsync(
        long id, AccountState state, string? reason, DateTimeOffset at, Func<AccountState, bool> mayChange, CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, Key(id), cancellationToken: cancellationToken);
            if (!found.HasValue || Read(found.Value!) is not { } before || before.State == state || !mayChange(before.State))
            {
                return null;
            }

            // An empty text, since a merge leaves what it is not given.
            var row = new TableEntity(Partition, Key(id)) { ["State"] = state.ToString(), ["StateSince"] = at, ["StateReason"] = reason ?? string.Empty };
            try
            {
                await _table.UpdateEntityAsync(row, found.Value!.ETag, TableUpdateMode.Merge, cancellationToken);
                return before;
            }
            catch (RequestFailedException e) when (e.Status is 404 or 412)
            {
                // Changed meanwhile: looked at again. A lost answer to this very change ends with nothing to change, and no event in the log.
            }
        }
    }

    /// <summary>Writes that the account removed the integration; connecting it again takes that back.</summary>
    internal Task SetUninstalledAsync(long id, DateTimeOffset at, CancellationToken cancellationToken) => MergeAsync(
        id,
        cancellationToken,
        ("State", nameof(AccountState.Uninstalled)),
        ("StateSince", at),
        ("StateReason", "The integration was removed in Kommo."),
        ("UninstalledAt", at));

    /// <summary>Writes the account's id in the Chats API.</summary>
    internal Task SetAmojoIdAsync(long id, string amojoId, CancellationToken cancellationToken) =>
        MergeAsync(id, cancellationToken, ("AmojoId", amojoId));

    /// <summary>Writes the account's time zone.</summary>
    internal Task SetTimeZoneAsync(long id, string timeZone, CancellationToken cancellationToken) =>
        MergeAsync(id, cancellationToken, ("TimeZone", timeZone));

    /// <summary>Writes up to when the account is reconciled.</summary>
    internal Task SetReconciledAsync(long id, DateTimeOffset until, CancellationToken cancellationToken) =>
        MergeAsync(id, cancellationToken, ("ReconciledUntil", until));

    /// <summary>Writes that the account could not be reconciled.</summary>
    internal Task SetReconcileFailedAsync(long id, DateTimeOffset at, CancellationToken cancellationToken) =>
        MergeAsync(id, cancellationToken, ("ReconcileFailedAt", at));

    /// <summary>The new entry first, then the row, then away with the old entry: whoever stops in between leaves an entry too many, never one too few.</summary>
    private async Task<KommoAccount?> SetDueAsync(
        long id, DateTimeOffset due, CancellationToken cancellationToken, params (string Name, object Value)[] changes)
    {
        if (await GetAsync(id, cancellationToken) is not { } before)
        {
            return null;
        }

        await AddDueAsync(id, due, cancellationToken);
        await MergeAsync(id, cancellationToken, [("RefreshDueAt", Storable(due)), .. changes]);
        await RemoveDueAsync(id, before.RefreshDueAt, due, cancellationToken);
        return before;
    }

    private Task AddDueAsync(long id, DateTimeOffset due, CancellationToken cancellationToken) => Storable(due) == Never
        ? Task.CompletedTask
        : _table.UpsertEntityAsync(new TableEntity(DuePartition, DueKey(due, id)), TableUpdateMode.Replace, cancellationToken);

    private Task RemoveDueAsync(long id, DateTimeOffset? old, DateTimeOffset kept, CancellationToken cancellationToken) =>
        old is not { } due || Storable(due) == Never || due == kept
            ? Task.CompletedTask
            : _table.DeleteEntityAsync(DuePartition, DueKey(due, id), ETag.All, cancellationToken);

    private static TableEntity Row(KommoAccount account) => new(Partition, Key(account.Id))
    {
        ["Address"] = account.Address.AbsoluteUri,
        ["State"] = account.State.ToString(),
        ["StateSince"] = account.StateSince,
        ["StateReason"] = account.StateReason,
        ["ConnectedAt"] = account.ConnectedAt,
        ["TokenExpiresAt"] = Storable(account.TokenExpiresAt),
        ["RefreshDueAt"] = Storable(account.RefreshDueAt),
        ["ReconciledUntil"] = account.ReconciledUntil,
        ["ReconcileFailedAt"] = account.ReconcileFailedAt,
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
    };

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
        StateSince = row.GetDateTimeOffset("StateSince"),
        StateReason = row.GetString("StateReason") is { Length: > 0 } reason ? reason : null,
        ConnectedAt = row.GetDateTimeOffset("ConnectedAt") ?? default,
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

    private static string DueKey(DateTimeOffset due, long id) => string.Create(CultureInfo.InvariantCulture, $"{due.UtcTicks:D19}-{id:D19}");
}

/// <summary>A refresh to come.</summary>
/// <param name="AccountId">Whose.</param>
/// <param name="At">When.</param>
internal readonly record struct DueRefresh(long AccountId, DateTimeOffset At);
