using Kommo.OAuth;
using Kommo.Simulator;
using KommoFunctions.Accounts;
using KommoFunctions.Tests;
using KommoFunctions.Tokens;

namespace KommoFunctions.Core.Tests.Connecting;

/// <summary>Any user may allow an installed integration: whose tokens the account works with then.</summary>
public sealed class AdministratorTests(AzuriteFixture azurite)
{
    private const string Admin = "8000001";
    private const string Seller = "8000002";
    private const string Support = "8000003";

    [Fact]
    public async Task An_ordinary_users_permission_does_not_replace_an_administrators_tokens()
    {
        await using var browser = await Browser.StartAsync(azurite);
        await browser.ConnectAsync();
        var before = await ReadAsync(browser);

        var answer = await browser.ConnectAsync(long.Parse(Seller));

        Assert.Equal((200, "Your account is connected already"), (answer.StatusCode, Browser.Heading(answer)));
        Assert.Equal(before, await ReadAsync(browser));
        Assert.Equal(Admin, UserOf(await ReadAsync(browser)));
    }

    [Fact]
    public async Task An_ordinary_user_connects_an_account_that_nobody_has_connected()
    {
        await using var browser = await Browser.StartAsync(azurite);

        await browser.ConnectAsync(long.Parse(Seller));

        Assert.Equal(Seller, UserOf(await ReadAsync(browser)));
    }

    [Fact]
    public async Task An_ordinary_user_takes_the_place_of_another_and_an_administrator_that_of_anybody()
    {
        await using var browser = await Browser.StartAsync(azurite);
        await browser.ConnectAsync(long.Parse(Seller));
        await browser.ConnectAsync(long.Parse(Support));
        var second = UserOf(await ReadAsync(browser));
        await browser.ConnectAsync();

        Assert.Equal((Support, Admin), (second, UserOf(await ReadAsync(browser))));
    }

    [Fact]
    public async Task An_ordinary_user_connects_an_account_whose_administrators_tokens_no_longer_work()
    {
        await using var browser = await Browser.StartAsync(azurite);
        await browser.ConnectAsync();
        browser.Host.Kommo.RevokeAllTokens();

        await browser.ConnectAsync(long.Parse(Seller));

        Assert.Equal(Seller, UserOf(await ReadAsync(browser)));
        Assert.Equal(AccountState.Active, (await browser.Host.ReadAccountAsync())!.State);
    }

    [Fact]
    public async Task An_ordinary_user_connects_an_account_that_removed_the_integration()
    {
        await using var browser = await Browser.StartAsync(azurite);
        await browser.ConnectAsync();
        await browser.Host.Process.Get<AccountEndpoints>().RemoveAsync(browser.Host.AccountId);

        await browser.ConnectAsync(long.Parse(Seller));

        Assert.Equal(Seller, UserOf(await ReadAsync(browser)));
    }

    [Fact]
    public async Task When_kommo_cannot_tell_who_it_is_nothing_is_replaced_and_a_page_says_to_try_again()
    {
        await using var browser = await Browser.StartAsync(azurite);
        await browser.ConnectAsync();
        var before = await ReadAsync(browser);
        browser.Host.Kommo.AddFault(new SimulatorFault(FaultKind.ServerError, "GET /api/v4/users/*", Count: 20));

        var answer = await browser.ConnectAsync(long.Parse(Seller));

        Assert.Equal((503, "Kommo cannot be reached just now"), (answer.StatusCode, Browser.Heading(answer)));
        Assert.Equal(before, await ReadAsync(browser));
    }

    [Fact]
    public async Task The_same_user_again_costs_no_question()
    {
        await using var browser = await Browser.StartAsync(azurite);
        await browser.ConnectAsync();

        await browser.ConnectAsync();

        Assert.DoesNotContain(browser.Host.Kommo.GetStatistics().RequestsByRoute.Keys, route => route.Contains("/users", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_secret_is_the_apps_trouble_and_not_the_administrators()
    {
        await using var browser = await Browser.StartAsync(azurite, o => o.Kommo += k => k.TokenErrorsInRussian = true);
        await browser.Host.Process.Vault.SetSecretAsync(IntegrationSecret.Name, "not the integration's secret");

        var answer = await browser.ConnectAsync();

        Assert.Equal((500, "This app is not ready yet"), (answer.StatusCode, Browser.Heading(answer)));
    }

    private static async Task<AccountTokens> ReadAsync(Browser browser) =>
        (await browser.Host.Process.Get<TokenReader>().ReadAsync(browser.Host.AccountId, CancellationToken.None))!;

    private static string? UserOf(AccountTokens tokens) => AccessTokenClaims.TryRead(tokens.AccessToken, out var claims) ? claims.Subject : null;
}
