using KommoFunctions.Accounts;

namespace KommoFunctions.Core.Tests.Framework;

/// <summary>Writes accounts as a test wants them to be.</summary>
internal static class AccountRows
{
    public static Task PutAsync(this AccountStore store, KommoAccount account, CancellationToken cancellationToken) =>
        store.ConnectAsync(account.Id, account.RefreshDueAt, _ => account, cancellationToken);

    public static Task SetStateAsync(this AccountStore store, long id, AccountState state, CancellationToken cancellationToken) =>
        store.ChangeAsync(id, account => account with { State = state }, cancellationToken);

    public static Task SetUninstalledAsync(this AccountStore store, long id, DateTimeOffset at, CancellationToken cancellationToken) =>
        store.ChangeAsync(id, account => account with { State = AccountState.Uninstalled, UninstalledAt = at }, cancellationToken);
}
