using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using KommoFunctions.Storage;
using KommoFunctions.Tokens;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Accounts;

/// <summary>
/// The connected accounts, one row each, and beside them what is to be refreshed when. Every change is a compare-and-swap under a condition on what was
/// read: what somebody has decided from an older look at the account does not overwrite what happened to it since, such as its being connected again.
/// </summary>
public sealed partial class AccountStore
{
    internal static readonly DateTimeOffset Never = AccountRow.Never;

    private readonly VersionedRows _rows;
    private readonly DueRefreshes _due;
    private readonly ILogger _logger;

    internal AccountStore(VersionedRows rows, ILogger<AccountStore> logger)
    {
        (_rows, _logger) = (rows, logger);
        _due = new DueRefreshes(rows);
    }

    /// <summary>One account; null when it is not known.</summary>
    public async Task<KommoAccount?> GetAsync(long id, CancellationToken cancellationToken = default) =>
        await _rows.FindAsync(AccountRow.Partition, AccountRow.Key(id), cancellationToken) is { } row ? AccountRow.Read(row) : null;

    /// <summary>Whether an account is connected at this address.</summary>
    internal async Task<bool> HasConnectedAsync(Uri address, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {AccountRow.Partition} and Address eq {address.AbsoluteUri} and State ne {nameof(AccountState.Uninstalled)}");
        return await _rows.QueryAsync(filter, cancellationToken, ["RowKey"], pageSize: 1).AnyAsync(cancellationToken);
    }

    /// <summary>All accounts but those whose rows cannot be read; these are logged.</summary>
    public async IAsyncEnumerable<KommoAccount> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var row in _rows.QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {AccountRow.Partition}"), cancellationToken))
        {
            if (AccountRow.TryRead(row) is { } account)
            {
                yield return account;
            }
            else
            {
                Log.NotReadable(_logger, row.RowKey);
            }
        }
    }

    /// <summary>What is to be refreshed by <paramref name="now"/>, the longest due first. An entry can be out of date: the account's own row counts.</summary>
    internal IAsyncEnumerable<DueRefresh> ListDueAsync(DateTimeOffset now, CancellationToken cancellationToken) => _due.ListAsync(now, cancellationToken);

    /// <summary>Writes an account that is being connected.</summary>
    /// <param name="id">The account.</param>
    /// <param name="refreshDueAt">When the new tokens are to be refreshed.</param>
    /// <param name="connect">Gets the account as it is, null for a new one, and says what it becomes.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The account as written.</returns>
    internal async Task<KommoAccount> ConnectAsync(
        long id, DateTimeOffset refreshDueAt, Func<KommoAccount?, KommoAccount> connect, CancellationToken cancellationToken)
    {
        await _due.AddAsync(id, refreshDueAt, cancellationToken);
        var (before, after) = await UpdateAsync(
            id,
            found => connect(found) with { RefreshDueAt = refreshDueAt, Connections = (found?.Connections ?? 0) + 1 },
            cancellationToken);
        await _due.RemoveAsync(id, before?.RefreshDueAt, refreshDueAt, cancellationToken);
        return after!;
    }

    /// <summary>Writes what a refresh changes, unless the account has newer tokens by now: it was connected again meanwhile.</summary>
    internal Task SetTokenAsync(long id, AccountTokens tokens, DateTimeOffset refreshDueAt, CancellationToken cancellationToken) => SetDueAsync(
        id,
        refreshDueAt,
        account => account.TokenOrder > tokens.Order ? null : account with { TokenOrder = tokens.Order, TokenExpiresAt = tokens.ExpiresAt },
        cancellationToken);

    /// <summary>Writes when the refresh is tried again.</summary>
    /// <returns>The account as it was before; null when it is not known.</returns>
    internal Task<KommoAccount?> SetDueAsync(long id, DateTimeOffset refreshDueAt, CancellationToken cancellationToken) =>
        SetDueAsync(id, refreshDueAt, account => account, cancellationToken);

    /// <summary>
    /// Puts the entries of a refresh to come right: one for the time that the account's row has, or none for an account that is not refreshed. Called
    /// where an entry and the row were found to differ, as after a crash between the two.
    /// </summary>
    internal async Task TidyDueAsync(DueRefresh found, KommoAccount? account, CancellationToken cancellationToken)
    {
        var due = account is not null && account.State.IsConnected() ? account.RefreshDueAt : Never;
        if (account is not null)
        {
            await _due.AddAsync(found.AccountId, due, cancellationToken);
        }

        await _due.RemoveAsync(found.AccountId, found.At, due, cancellationToken);
    }

    /// <summary>Sees to it that the refresh of an account that is connected has its entry.</summary>
    internal Task EnsureDueAsync(KommoAccount account, CancellationToken cancellationToken) =>
        account.State.IsConnected() ? _due.AddAsync(account.Id, account.RefreshDueAt, cancellationToken) : Task.CompletedTask;

    /// <summary>Changes an account; of many who want the same change, one makes it.</summary>
    /// <param name="id">The account.</param>
    /// <param name="change">
    /// Gets the account as it is, and says what it becomes, or null to leave it as it is. May be called several times, when others change the account too.
    /// </param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The account as it was before the change; null when nothing was changed.</returns>
    internal async Task<KommoAccount?> ChangeAsync(long id, Func<KommoAccount, KommoAccount?> change, CancellationToken cancellationToken)
    {
        var (before, after) = await UpdateAsync(id, found => found is null ? null : change(found), cancellationToken);
        return after is null ? null : before;
    }

    /// <summary>Writes the account's id in the Chats API.</summary>
    internal Task SetAmojoIdAsync(long id, string amojoId, CancellationToken cancellationToken) =>
        ChangeAsync(id, account => account with { AmojoId = amojoId }, cancellationToken);

    /// <summary>Writes the account's time zone.</summary>
    internal Task SetTimeZoneAsync(long id, string timeZone, CancellationToken cancellationToken) =>
        ChangeAsync(id, account => account with { TimeZone = timeZone }, cancellationToken);

    /// <summary>Writes up to when the account is reconciled.</summary>
    internal Task SetReconciledAsync(long id, DateTimeOffset until, CancellationToken cancellationToken) =>
        ChangeAsync(id, account => account with { ReconciledUntil = until }, cancellationToken);

    /// <summary>Writes what Kommo tells of the account; what it does not tell stays.</summary>
    internal Task SetFactsAsync(KommoAccount facts, CancellationToken cancellationToken) => ChangeAsync(
        facts.Id,
        account => account with
        {
            Name = facts.Name ?? account.Name,
            Currency = facts.Currency ?? account.Currency,
            TimeZone = facts.TimeZone ?? account.TimeZone,
            AmojoId = facts.AmojoId ?? account.AmojoId,
        },
        cancellationToken);

    /// <summary>Writes where the account is now, unless it is no longer where it was looked for from: it was connected again, or found by others.</summary>
    internal Task SetAddressAsync(long id, Uri from, Uri to, CancellationToken cancellationToken) =>
        ChangeAsync(id, account => account.Address == from ? account with { Address = to } : null, cancellationToken);

    /// <summary>Writes whether Kommo sends the account's hooks here.</summary>
    internal Task SetHooksAsync(long id, HookState hooks, string? problem, CancellationToken cancellationToken) =>
        ChangeAsync(id, account => account with { Hooks = hooks, HooksProblem = problem }, cancellationToken);

    /// <summary>Writes that the account could not be reconciled.</summary>
    internal Task SetReconcileFailedAsync(long id, DateTimeOffset at, CancellationToken cancellationToken) =>
        ChangeAsync(id, account => account with { ReconcileFailedAt = at }, cancellationToken);

    /// <summary>The new entry first, then the row, then away with the old entry: whoever stops in between leaves an entry too many, never one too few.</summary>
    private async Task<KommoAccount?> SetDueAsync(
        long id, DateTimeOffset due, Func<KommoAccount, KommoAccount?> change, CancellationToken cancellationToken)
    {
        if (await GetAsync(id, cancellationToken) is null)
        {
            return null;
        }

        await _due.AddAsync(id, due, cancellationToken);
        var (before, after) = await UpdateAsync(
            id, found => found is not null && change(found) is { } changed ? changed with { RefreshDueAt = due } : null, cancellationToken);
        await (after is not null
            ? _due.RemoveAsync(id, before!.RefreshDueAt, due, cancellationToken)
            : _due.RemoveAsync(id, due, before?.RefreshDueAt ?? Never, cancellationToken));
        return before;
    }

    private async Task<(KommoAccount? Before, KommoAccount? After)> UpdateAsync(
        long id, Func<KommoAccount?, KommoAccount?> change, CancellationToken cancellationToken)
    {
        (KommoAccount? Before, KommoAccount? After) done = default;
        await _rows.UpdateAsync(
            AccountRow.Partition,
            AccountRow.Key(id),
            row =>
            {
                var before = row is null ? null : AccountRow.Read(row);
                done = (before, change(before));
                return done.After is null ? null : AccountRow.Write(row, done.After);
            },
            cancellationToken);
        return done;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The row '{Row}' of the accounts has no valid id or address; nothing is done for it")]
        public static partial void NotReadable(ILogger logger, string row);
    }
}
