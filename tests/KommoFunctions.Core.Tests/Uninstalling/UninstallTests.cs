using Kommo.Simulator;
using KommoFunctions.Accounts;
using KommoFunctions.Connecting;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Failures;
using KommoFunctions.Intake;
using KommoFunctions.Messaging;
using KommoFunctions.Reconciliation;
using KommoFunctions.Tests;
using KommoFunctions.Tokens;

namespace KommoFunctions.Core.Tests.Uninstalling;

public sealed class UninstallTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task An_account_whose_tokens_kommo_refuses_is_marked_and_keeps_its_secret()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        host.Kommo.RevokeAllTokens();

        await TellAsync(host);

        var account = await host.ReadAccountAsync();
        Assert.Equal(AccountState.Uninstalled, account!.State);
        Assert.NotNull(account.UninstalledAt);
        Assert.NotNull(await host.Process.Get<TokenVault>().ReadAsync(host.AccountId, CancellationToken.None));
    }

    [Fact]
    public async Task A_hint_that_is_replayed_changes_nothing_while_kommo_accepts_the_tokens()
    {
        await using var host = await CoreHost.StartAsync(azurite);

        await TellAsync(host);

        Assert.Equal((AccountState.Active, null), ((await host.ReadAccountAsync())!.State, (await host.ReadAccountAsync())!.UninstalledAt));
        Assert.Equal(0, await host.CountAllAsync());
    }

    [Fact]
    public async Task A_hint_waits_while_kommo_cannot_be_asked()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        host.Kommo.AddFault(new SimulatorFault(FaultKind.ServerError, Count: 10));

        await TellAsync(host, attempts: 1);

        Assert.Equal(AccountState.Active, (await host.ReadAccountAsync())!.State);
        Assert.Equal(1, await host.CountAsync(QueueNames.Hooks));
    }

    [Fact]
    public async Task An_account_that_has_removed_the_integration_is_not_worked_for()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.PostHookAsync(Hooks.LeadAdded(1));
        await host.Process.SettleAsync();
        host.Kommo.RevokeAllTokens();
        await TellAsync(host);
        host.Kommo.ResetStatistics();

        await host.Process.Get<Reconciler>().RunAsync();
        await host.Process.Get<TokenRefresher>().RefreshDueAsync();
        await host.Process.PostHookAsync(Hooks.LeadAdded(2));
        await host.Process.SettleAsync();

        Assert.Equal(0, host.Kommo.GetStatistics().Requests);
        Assert.Single(host.Script.Seen);
        Assert.Equal(DeadLetterReasons.AccountRemoved, (await host.Process.ReadDeadLetterAsync()).Reason);
    }

    [Fact]
    public async Task An_account_that_is_connected_again_is_worked_for_again()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        host.Kommo.RevokeAllTokens();
        await TellAsync(host);

        await host.Process.Get<AccountConnector>().ConnectAsync(host.Kommo.BaseAddress, host.Kommo.Authorize().Code);

        var account = await host.ReadAccountAsync();
        Assert.Equal((AccountState.Active, null), (account!.State, account.UninstalledAt));
    }

    [Fact]
    public async Task A_hint_about_an_account_that_is_not_known_is_done()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Connected = false);
        await host.Process.Vault.SetSecretAsync(IntegrationSecret.Name, CoreHost.ClientSecret);

        await TellAsync(host);

        Assert.Null(await host.ReadAccountAsync());
        Assert.Equal(0, await host.CountAllAsync());
        Assert.Empty(await host.Process.ReadDeadLettersAsync());
    }

    private static async Task TellAsync(CoreHost host, int attempts = 20)
    {
        var client = host.Kommo.Options.ClientId;
        var answer = await host.Process.Get<UninstallIntake>().ReceiveAsync(client, $"{host.AccountId}", Signed.Account(client, host.AccountId));
        Assert.Equal(200, answer.StatusCode);
        await host.Process.PumpAsync(QueueNames.Hooks, attempts);
    }
}
