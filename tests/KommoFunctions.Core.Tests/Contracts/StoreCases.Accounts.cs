using KommoFunctions.Accounts;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Storage;
using KommoFunctions.Tokens;

namespace KommoFunctions.Core.Tests.Contracts;

internal static partial class StoreCases
{
    private static KommoAccount Connected(DateTimeOffset due, AccountState state = AccountState.Active) => new()
    {
        Id = Account,
        Address = new Uri("https://example.kommo.com/"),
        State = state,
        ConnectedAt = At,
        TokenExpiresAt = At.AddDays(1),
        RefreshDueAt = due,
    };

    private static IEnumerable<StoreCase> Accounts()
    {
        static Task Put(AccountStore s, ContractProcess process) => s.PutAsync(Connected(At.AddHours(1)), default);
        static Task<object?> Zone(AccountStore s, ContractProcess process) => Done(s.SetTimeZoneAsync(Account, "America/New_York", default));
        static async Task<object?> Change(AccountStore s, AccountState to) =>
            await s.ChangeAsync(
                Account,
                account => account.State == to || account.State == AccountState.Uninstalled ? null : account with { State = to },
                default) is not null;
        StoreCase Set(string method, Func<AccountStore, Task> act) => Case<AccountStore>(method, "another fact", (s, _) => Done(act(s)), Zone, Put);
        static DueRefreshes Entries(ContractProcess process) =>
            new(process.Get<StorageConnection>().Rows(TableNames.Accounts));
        static StoreCase Due(string method, Func<DueRefreshes, Task> act) => new(
            typeof(DueRefreshes),
            method,
            "another account's",
            process => Entries(process).AddAsync(Account, At, default),
            process => Done(act(Entries(process))),
            process => Done(Entries(process).AddAsync(Account + 1, At, default)));
        return
        [
            Case<AccountStore>("ConnectAsync", "another fact", (s, _) => Done(s.PutAsync(Connected(At.AddHours(2)), default)), Zone, Put),
            Case<AccountStore>(
                "SetTokenAsync",
                "a postponed refresh",
                (s, _) => Done(s.SetTokenAsync(
                    Account, new AccountTokens { AccessToken = "a", IssuedAt = At, ExpiresAt = At.AddDays(2), Generation = 1 }, At.AddHours(3), default)),
                Zone,
                Put),
            Case<AccountStore>("SetDueAsync", "another fact", (s, _) => Done(s.SetDueAsync(Account, At.AddHours(3), default)), Zone, Put),
            Case<AccountStore>(
                "TidyDueAsync",
                "another fact",
                async (s, _) => await Done(s.TidyDueAsync(new DueRefresh(Account, At.AddHours(1)), await s.GetAsync(Account), default)),
                Zone,
                Put),
            Case<AccountStore>("EnsureDueAsync", "another fact", (s, _) => Done(s.EnsureDueAsync(Connected(At.AddHours(1)), default)), Zone, Put),
            Case<AccountStore>(
                "ChangeAsync",
                "an uninstallation",
                (s, _) => Change(s, AccountState.NeedsAuthorization),
                (s, _) => Done(s.SetUninstalledAsync(Account, At, default)),
                Put),
            Case<AccountStore>(
                "ChangeAsync",
                "the same change",
                (s, _) => Change(s, AccountState.NeedsAuthorization),
                (s, _) => Change(s, AccountState.NeedsAuthorization),
                Put),
            Set("SetAmojoIdAsync", s => s.SetAmojoIdAsync(Account, "amojo", default)),
            Set("SetTimeZoneAsync", s => s.SetTimeZoneAsync(Account, "America/New_York", default)),
            Set("SetReconciledAsync", s => s.SetReconciledAsync(Account, At, default)),
            Set("SetReconcileFailedAsync", s => s.SetReconcileFailedAsync(Account, At, default)),
            Set("SetFactsAsync", s => s.SetFactsAsync(Connected(At) with { Name = "Name" }, default)),
            Set("SetAddressAsync", s => s.SetAddressAsync(Account, new Uri("https://example.kommo.com/"), new Uri("https://other.kommo.com/"), default)),
            Set("SetHooksAsync", s => s.SetHooksAsync(Account, HookState.Subscribed, null, default)),
            Due(nameof(DueRefreshes.AddAsync), due => due.AddAsync(Account, At, default)),
            Due(nameof(DueRefreshes.RemoveAsync), due => due.RemoveAsync(Account, At, At.AddHours(1), default)),
        ];
    }
}
