using KommoFunctions.Accounts;

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
            await s.ChangeStateAsync(Account, to, "because", At, state => state != AccountState.Uninstalled, default) is not null;
        StoreCase Set(string method, Func<AccountStore, Task> act) => Case<AccountStore>(method, "another fact", (s, _) => Done(act(s)), Zone, Put);
        return
        [
            Case<AccountStore>("PutAsync", "another fact", (s, _) => Done(s.PutAsync(Connected(At.AddHours(2)), default)), Zone, Put),
            Case<AccountStore>("SetTokenAsync", "a postponed refresh", (s, _) => Done(s.SetTokenAsync(Account, At.AddDays(2), At.AddHours(3), default)), Zone, Put),
            Case<AccountStore>("SetDueAsync", "another fact", (s, _) => Done(s.SetDueAsync(Account, At.AddHours(3), default)), Zone, Put),
            Case<AccountStore>(
                "TidyDueAsync",
                "another fact",
                async (s, _) => await Done(s.TidyDueAsync(new DueRefresh(Account, At.AddHours(1)), await s.GetAsync(Account), default)),
                Zone,
                Put),
            Case<AccountStore>("EnsureDueAsync", "another fact", (s, _) => Done(s.EnsureDueAsync(Connected(At.AddHours(1)), default)), Zone, Put),
            Case<AccountStore>("ChangeStateAsync", "an uninstallation", (s, _) => Change(s, AccountState.NeedsAuthorization), (s, _) => Done(s.SetUninstalledAsync(Account, At, default)), Put),
            Case<AccountStore>("ChangeStateAsync", "the same change", (s, _) => Change(s, AccountState.NeedsAuthorization), (s, _) => Change(s, AccountState.NeedsAuthorization), Put),
            Set("SetStateAsync", s => s.SetStateAsync(Account, AccountState.NeedsAuthorization, default)),
            Set("SetUninstalledAsync", s => s.SetUninstalledAsync(Account, At, default)),
            Set("SetAmojoIdAsync", s => s.SetAmojoIdAsync(Account, "amojo", default)),
            Set("SetTimeZoneAsync", s => s.SetTimeZoneAsync(Account, "America/New_York", default)),
            Set("SetReconciledAsync", s => s.SetReconciledAsync(Account, At, default)),
            Set("SetFactsAsync", s => s.SetFactsAsync(Connected(At) with { Name = "Name" }, default)),
            Set("SetAddressAsync", s => s.SetAddressAsync(Account, new Uri("https://other.kommo.com/"), default)),
            Set("SetHooksAsync", s => s.SetHooksAsync(Account, HookState.Subscribed, null, default)),
            Set("SetSecretDeletedAsync", s => s.SetSecretDeletedAsync(Account, At, default)),
        ];
    }
}
