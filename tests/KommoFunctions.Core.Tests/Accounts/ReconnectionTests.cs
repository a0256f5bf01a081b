using System.Reflection;
using KommoFunctions.Accounts;
using KommoFunctions.Connecting;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Core.Tests.Tokens;
using KommoFunctions.Emulators.Storage;
using KommoFunctions.Tests;
using KommoFunctions.Tokens;
using KommoFunctions.Uninstalling;

namespace KommoFunctions.Core.Tests.Accounts;

/// <summary>What somebody has decided from an older look at an account does not overwrite its being connected again meanwhile.</summary>
public sealed class ReconnectionTests(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    /// <summary>Every change of an account's row by something that began before the reconnection.</summary>
    private static readonly Dictionary<string, Func<CoreHost, KommoAccount, AccountTokens, Task>> Late = new()
    {
        ["uninstalled"] = (host, seen, _) => host.Process.Get<AccountRemoval>().MarkAsync(seen, CancellationToken.None),
        ["removed by an operator"] = (host, seen, _) => host.Process.Get<AccountRemoval>().RemoveAsync(seen, CancellationToken.None),
        ["refused"] = (host, seen, old) => host.Process.Get<AccountStates>().NeedsAuthorizationAsync(seen.Id, old.Order, "late", CancellationToken.None),
        ["refreshed"] = (host, seen, old) =>
            host.Process.Get<AccountStore>().SetTokenAsync(seen.Id, old with { ExpiresAt = Now.AddMinutes(7) }, Now.AddMinutes(3), CancellationToken.None),
        ["moved"] = (host, seen, _) =>
            host.Process.Get<AccountStore>().SetAddressAsync(seen.Id, new Uri("http://127.0.0.1:1/"), new Uri("http://127.0.0.1:2/"), CancellationToken.None),
        ["secrets deleted"] = (host, _, _) => host.Process.Get<RemovedSecrets>().DeleteAsync(Now.AddDays(1), CancellationToken.None),
    };

    public static TheoryData<string> Changes => [.. Late.Keys];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_that_comes_late_leaves_the_new_connection_as_it_is(string change)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await ConnectAsync(host);
        var (seen, old) = ((await host.ReadAccountAsync())!, (await TokenScenario.ReadAsync(host))!);
        await ConnectAsync(host);
        var (account, tokens) = ((await host.ReadAccountAsync())!, await TokenScenario.ReadAsync(host));

        await Late[change](host, seen, old);

        Assert.Equal(account, await host.ReadAccountAsync());
        Assert.Equal(tokens, await TokenScenario.ReadAsync(host));
        Assert.Equal([new DueRefresh(account.Id, account.RefreshDueAt)], await host.Process.Get<AccountStore>().ListDueAsync(AccountStore.Never, CancellationToken.None).ToListAsync());
    }

    /// <summary>The reconnection comes between the reading and the writing of the very change.</summary>
    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_whose_write_is_overtaken_leaves_the_new_connection_as_it_is(string change)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await ConnectAsync(host);
        var (seen, old) = ((await host.ReadAccountAsync())!, (await TokenScenario.ReadAsync(host))!);
        var other = host.StartProcess();
        var overtaken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stalled = host.Proxy.Faults.Add(new StorageFault
        {
            Kind = StorageFaultKind.Stall,
            Matches = kind => kind is { Service: StorageService.Table, Method: "PUT", Resource: "entity" } && overtaken.TrySetResult(),
            Times = 1,
        });
        var late = Late[change](host, seen, old);
        await Task.WhenAny(late, overtaken.Task);

        await ConnectAsync(host, other);
        stalled.Dispose();
        await late;

        var account = (await host.ReadAccountAsync())!;
        Assert.Equal((AccountState.Active, host.Kommo.BaseAddress, null), (account.State, account.Address, account.UninstalledAt));
        await TokenScenario.AssertConnectedAsync(host, host.StartProcess());
    }

    [Fact]
    public async Task Secrets_that_are_deleted_while_the_account_comes_back_without_waiting_are_recovered()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.VaultTransition = TimeSpan.FromMilliseconds(300));
        await ConnectAsync(host);
        await host.Process.Get<AccountStore>().SetUninstalledAsync(host.AccountId, Now.AddDays(-8), CancellationToken.None);
        var tokens = await TokenScenario.ReadAsync(host);
        var deleting = host.Process.Get<RemovedSecrets>().DeleteAsync(Now.AddDays(-7), CancellationToken.None);
        await Eventually.HoldsAsync(async () => await host.Process.Get<TokenVault>().ReadAsync(host.AccountId, CancellationToken.None) is null);
        await host.Process.Get<AccountStore>().ChangeAsync(
            host.AccountId, account => account with { State = AccountState.Active, UninstalledAt = null }, CancellationToken.None);

        Assert.Equal(0, await deleting);

        Assert.Equal(tokens, await TokenScenario.ReadAsync(host));
    }

    /// <summary>A new way to change an account's row has to be thought of here too.</summary>
    [Fact]
    public void Every_change_of_an_accounts_row_is_known_here()
    {
        // What Kommo tells of the account, and what our own subscription and reconciliation are at, is as true of the new connection as of the old.
        string[] harmless = ["SetAmojoIdAsync", "SetTimeZoneAsync", "SetReconciledAsync", "SetReconcileFailedAsync", "SetFactsAsync", "SetHooksAsync", "SetDueAsync"];
        string[] tried = ["SetTokenAsync", "SetAddressAsync"];

        var setters = typeof(AccountStore).GetMethods(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Where(method => method.Name.StartsWith("Set", StringComparison.Ordinal)).Select(method => method.Name).Distinct();

        Assert.Equal([.. harmless.Concat(tried).Order()], setters.Order());
    }

    private static async Task ConnectAsync(CoreHost host, CoreProcess? process = null)
    {
        await host.Process.Vault.SetSecretAsync(IntegrationSecret.Name, CoreHost.ClientSecret);
        await (process ?? host.Process).Get<AccountConnector>().ConnectAsync(host.Kommo.BaseAddress, host.Kommo.Authorize().Code);
    }
}
