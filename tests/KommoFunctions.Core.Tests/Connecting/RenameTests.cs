using Kommo.Webhooks;
using KommoFunctions.Accounts;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Outbox;
using KommoFunctions.Reconciliation;
using KommoFunctions.Tests;
using KommoFunctions.Tokens;

namespace KommoFunctions.Core.Tests.Connecting;

/// <summary>An account that is given another subdomain is found again, whatever its old address answers and whoever notices first.</summary>
public sealed class RenameTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(404)]
    [InlineData(401)]
    public async Task A_call_that_fails_at_the_old_address_finds_the_new_one(int oldAnswers)
    {
        await using var browser = await ConnectedAsync();
        var old = browser.Host.Kommo.BaseAddress;
        await browser.Host.Process.Get<AccountSessions>().GetAsync(browser.Host.AccountId, CancellationToken.None);
        browser.Host.Kommo.Rename("renamed", oldAnswers);

        await browser.Host.Process.Get<Reconciler>().RunAsync();
        Assert.Equal(browser.Host.Kommo.BaseAddress, (await browser.Host.ReadAccountAsync())!.Address);
        await browser.Host.Process.Get<Reconciler>().RunAsync();

        Assert.NotEqual(old, browser.Host.Kommo.BaseAddress);
        Assert.Equal(AccountState.Active, (await browser.Host.ReadAccountAsync())!.State);
        Assert.Contains("renamed", (await (await browser.Host.Process.Get<AccountSessions>().GetAsync(browser.Host.AccountId, CancellationToken.None))
            .Kommo.Account.GetAsync()).Subdomain!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(401)]
    public async Task A_refresh_that_fails_at_the_old_address_finds_the_new_one_and_keeps_the_grant(int oldAnswers)
    {
        await using var browser = await ConnectedAsync();
        var address = browser.Host.Kommo.BaseAddress;
        browser.Host.Kommo.Rename("renamed", oldAnswers);
        var refresher = browser.Host.Process.Get<TokenRefresher>();

        await refresher.RefreshAsync(browser.Host.AccountId, address, _ => true, CancellationToken.None);
        var account = (await browser.Host.ReadAccountAsync())!;

        Assert.Equal((browser.Host.Kommo.BaseAddress, AccountState.Active), (account.Address, account.State));
        Assert.Equal(2, browser.Host.Kommo.Tokens.Count);
    }

    [Fact]
    public async Task What_is_under_way_when_the_account_moves_arrives_all_the_same()
    {
        await using var browser = await ConnectedAsync();
        browser.Host.Script.Do = (e, context, _) =>
        {
            context.Send(new AddNote(Kommo.EntityType.Leads, Kommo.NewNote.Common(((LeadAdded)e).EntityId!.Value, "hello")));
            return Task.CompletedTask;
        };
        var lead = Assert.Single(browser.Host.Kommo.CreateLeads(1));
        await browser.Host.Process.PostHookAsync(Hooks.LeadAdded(lead));
        browser.Host.Kommo.Rename("renamed");

        await browser.Host.Process.SettleAsync();

        Assert.Single(browser.Host.Kommo.Notes);
        Assert.Empty(await browser.Host.Process.ReadDeadLettersAsync());
    }

    [Fact]
    public async Task The_hooks_keep_their_address()
    {
        await using var browser = await ConnectedAsync();
        var before = Assert.Single(browser.Host.Kommo.Webhooks).Destination;
        browser.Host.Kommo.Rename("renamed");

        await browser.Host.Process.Get<Reconciler>().RunAsync();
        await browser.Host.Process.Get<Reconciler>().RunAsync();

        Assert.Equal(before, Assert.Single(browser.Host.Kommo.Webhooks).Destination);
    }

    [Fact]
    public async Task A_token_that_is_withdrawn_is_no_move_and_is_looked_for_once()
    {
        await using var browser = await ConnectedAsync();
        browser.Host.Kommo.RevokeAllTokens();
        var session = await browser.Host.Process.Get<AccountSessions>().GetAsync(browser.Host.AccountId, CancellationToken.None);
        browser.Host.Kommo.ResetStatistics();

        await Assert.ThrowsAnyAsync<Kommo.KommoException>(() => session.Kommo.Account.GetAsync());
        await Assert.ThrowsAnyAsync<Kommo.KommoException>(() => session.Kommo.Account.GetAsync());

        Assert.Equal(session.Account.Address, (await browser.Host.ReadAccountAsync())!.Address);
        Assert.InRange(browser.Host.Kommo.GetStatistics().RequestsByRoute["GET /oauth2/account/current/subdomain"], 1, 3);
    }

    private async Task<Browser> ConnectedAsync()
    {
        var browser = await Browser.StartAsync(azurite);
        await browser.ConnectAsync();
        return browser;
    }
}
