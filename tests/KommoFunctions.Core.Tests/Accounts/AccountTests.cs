using Kommo.OAuth;
using Kommo.Simulator;
using KommoFunctions.Accounts;
using KommoFunctions.Connecting;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Intake;
using KommoFunctions.Reconciliation;
using KommoFunctions.Tests;
using KommoFunctions.Tokens;

namespace KommoFunctions.Core.Tests.Accounts;

public sealed class AccountTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Connecting_with_a_code_makes_the_accounts_row_and_its_secret()
    {
        await using var host = await StartAsync(b => b.AddHandler<LeadAddedHandler>());

        var account = await ConnectAsync(host);

        Assert.Equal(account, await host.ReadAccountAsync());
        Assert.Equal((host.AccountId, AccountState.Active, host.Kommo.BaseAddress), (account.Id, account.State, account.Address));
        Assert.Equal(
            host.Kommo.Tokens[^1].RefreshToken,
            (await host.Process.Get<TokenVault>().ReadAsync(host.AccountId, CancellationToken.None))!.RefreshToken);
    }

    [Fact]
    public async Task Connecting_subscribes_to_exactly_what_has_handlers()
    {
        await using var host = await StartAsync(b => b.AddHandler<LeadAddedHandler>().AddHandler<TaskAndContactHandler>());

        await ConnectAsync(host);

        Assert.Equal(["add_contact", "add_lead", "add_task"], Assert.Single(host.Kommo.Webhooks).Settings.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_hook_sent_to_the_subscribed_address_is_accepted()
    {
        await using var host = await StartAsync(b => b.AddHandler<LeadAddedHandler>());
        await ConnectAsync(host);
        var path = new Uri(Assert.Single(host.Kommo.Webhooks).Destination).AbsolutePath.Split('/');

        var answer = await host.Process.Get<WebhookIntake>().ReceiveAsync(path[^2], path[^1], new MemoryStream([]), 0);

        Assert.Equal((200, "api/hooks"), (answer.StatusCode, string.Join('/', path[1..3])));
    }

    [Fact]
    public async Task A_second_connection_renews_the_first()
    {
        await using var host = await StartAsync(b => b.AddHandler<LeadAddedHandler>());
        var first = await ConnectAsync(host);

        var second = await ConnectAsync(host);

        Assert.Equal(first.ConnectedAt, second.ConnectedAt);
        Assert.Equal(2, (await host.Process.Get<TokenVault>().ReadAsync(host.AccountId, CancellationToken.None))!.Generation);
        Assert.Single(host.Kommo.Webhooks);
    }

    [Fact]
    public async Task A_second_connection_lets_an_account_that_needed_authorization_work_again()
    {
        await using var host = await StartAsync(b => b.AddHandler<LeadAddedHandler>());
        await ConnectAsync(host);
        await host.Process.Get<AccountStore>().SetStateAsync(host.AccountId, AccountState.NeedsAuthorization, CancellationToken.None);

        await ConnectAsync(host);

        Assert.Equal(AccountState.Active, (await host.ReadAccountAsync())!.State);
    }

    [Fact]
    public async Task A_code_that_kommo_refuses_connects_nothing()
    {
        await using var host = await StartAsync(b => b.AddHandler<LeadAddedHandler>());

        await Assert.ThrowsAsync<KommoGrantRejectedException>(
            () => host.Process.Get<AccountConnector>().ConnectAsync(host.Kommo.BaseAddress, "made-up"));

        Assert.Null(await host.ReadAccountAsync());
    }

    [Fact]
    public async Task A_subscription_that_is_as_it_should_be_is_left_alone()
    {
        await using var host = await StartAsync(b => b.AddHandler<LeadAddedHandler>());
        await ConnectAsync(host);

        await host.Process.Get<Reconciler>().RunAsync();

        Assert.Equal(1, host.Kommo.GetStatistics().RequestsByRoute["POST /api/v4/webhooks"]);
    }

    [Fact]
    public async Task A_subscription_that_is_gone_or_different_is_put_right()
    {
        await using var host = await StartAsync(b => b.AddHandler<LeadAddedHandler>());
        await ConnectAsync(host);
        var destination = new Uri(Assert.Single(host.Kommo.Webhooks).Destination);
        host.Kommo.Subscribe(destination, "add_lead", "update_lead");

        await host.Process.Get<Reconciler>().RunAsync();

        Assert.Equal(["add_lead"], Assert.Single(host.Kommo.Webhooks).Settings);
    }

    [Fact]
    public async Task A_subscription_that_kommo_switched_off_is_enabled_again()
    {
        // Nobody listens on port 1: a hundred and more bad answers.
        await using var host = await StartAsync(b => b.AddHandler<LeadAddedHandler>(), o =>
        {
            o.Settings["PublicUrl"] = "http://127.0.0.1:1";
            o.Kommo = kommo => kommo.HookTimeScale = 0;
        });
        await ConnectAsync(host);
        host.Kommo.CreateLeads(101);
        await host.Kommo.WaitForHooksAsync();
        Assert.True(Assert.Single(host.Kommo.Webhooks).Disabled);

        await host.Process.Get<Reconciler>().RunAsync();

        Assert.False(Assert.Single(host.Kommo.Webhooks).Disabled);
    }

    [Fact]
    public async Task A_new_root_key_moves_the_subscription_to_its_address_and_leaves_others_alone()
    {
        await using var host = await StartAsync(b => b.AddHandler<LeadAddedHandler>());
        await ConnectAsync(host);
        var old = Assert.Single(host.Kommo.Webhooks).Destination;
        host.Kommo.Subscribe(new Uri("http://localhost:7071/api/hooks/1/somebody-elses"), "add_lead");
        var vault = host.Process.Vault;
        await vault.SetSecretAsync(HookKeyRing.PreviousSecret, (await vault.GetSecretAsync(HookKeyRing.CurrentSecret)).Value.Value);
        await vault.SetSecretAsync(HookKeyRing.CurrentSecret, "the new root key");

        await host.Process.Get<Reconciler>().RunAsync();

        var destinations = host.Kommo.Webhooks.Select(hook => hook.Destination).ToList();
        Assert.Equal(2, destinations.Count);
        Assert.DoesNotContain(old, destinations);
        var own = Assert.Single(destinations, d => d.Contains($"/{host.AccountId}/", StringComparison.Ordinal));
        Assert.EndsWith(HookToken.Create("the new root key"u8, host.AccountId), own, StringComparison.Ordinal);
    }

    private static async Task<KommoAccount> ConnectAsync(CoreHost host) =>
        (await host.Process.Get<AccountConnector>().ConnectAsync(host.Kommo.BaseAddress, host.Kommo.Authorize().Code)).Account;

    private async Task<CoreHost> StartAsync(Action<KommoFunctionsBuilder> handlers, Action<CoreHostOptions>? configure = null)
    {
        var host = await CoreHost.StartAsync(azurite, o =>
        {
            o.Connected = false;
            o.Handlers = handlers;
            configure?.Invoke(o);
        });
        await host.Process.Vault.SetSecretAsync(IntegrationSecret.Name, CoreHost.ClientSecret);
        return host;
    }
}
