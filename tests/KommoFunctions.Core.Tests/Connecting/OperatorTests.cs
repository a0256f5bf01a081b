using System.Text;
using System.Text.Json;
using Kommo.Simulator;
using KommoFunctions.Accounts;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Tests;
using KommoFunctions.Tokens;

namespace KommoFunctions.Core.Tests.Connecting;

/// <summary>What an operator sees of the accounts, and does with them.</summary>
public sealed class OperatorTests(AzuriteFixture azurite)
{
    private const string Token = "the-long-lived-token-of-a-private-integration";

    [Fact]
    public async Task An_account_is_shown_with_its_state_and_where_to_authorize_it_again()
    {
        await using var browser = await StartAsync();
        await browser.ConnectAsync();
        var accounts = browser.Host.Process.Get<AccountStore>();
        await accounts.SetStateAsync(browser.Host.AccountId, AccountState.NeedsAuthorization, CancellationToken.None);

        var view = await ShowAsync(browser);

        Assert.Equal("NeedsAuthorization", view.GetProperty("state").GetString());
        Assert.Equal("http://localhost/kommo/start", view.GetProperty("authorize").GetString());
        Assert.Contains("'authorize'", view.GetProperty("toDo").GetString(), StringComparison.Ordinal);
        Assert.Equal("Subscribed", view.GetProperty("hooks").GetString());
        Assert.Equal(browser.Host.Kommo.BaseAddress.Authority, view.GetProperty("domain").GetString());
        Assert.Equal(browser.Host.Kommo.Tokens[^1].AccessExpiresAt, view.GetProperty("tokenExpiresAt").GetDateTimeOffset(), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task No_answer_holds_a_token_or_a_secret()
    {
        await using var browser = await StartAsync();
        await browser.ConnectAsync();
        await AddAsync(browser);
        var endpoints = browser.Host.Process.Get<AccountEndpoints>();

        var answers = string.Concat(
            Browser.Text(await endpoints.ListAsync()),
            Browser.Text(await endpoints.GetAsync(browser.Host.AccountId)),
            Browser.Text(await endpoints.RemoveAsync(browser.Host.AccountId)));

        var pair = browser.Host.Kommo.Tokens[^1];
        foreach (var secret in new[] { Token, pair.AccessToken, pair.RefreshToken, CoreHost.ClientSecret, new Uri(browser.Host.Settings["KommoFunctions:KeyVault:Uri"]!).Authority })
        {
            Assert.DoesNotContain(secret, answers, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task All_accounts_are_listed()
    {
        await using var browser = await StartAsync();
        await browser.ConnectAsync();
        await browser.Host.ConnectAsync(accountId: 5);

        var list = JsonElement.Parse(Browser.Text(await browser.Host.Process.Get<AccountEndpoints>().ListAsync()));

        Assert.Equal([browser.Host.AccountId, 5L], list.EnumerateArray().Select(account => account.GetProperty("id").GetInt64()));
    }

    [Fact]
    public async Task An_account_that_was_never_connected_is_404_with_a_reason()
    {
        await using var browser = await StartAsync();
        var endpoints = browser.Host.Process.Get<AccountEndpoints>();

        foreach (var answer in new[] { await endpoints.GetAsync(5), await endpoints.RemoveAsync(5) })
        {
            Assert.Equal((404, "application/problem+json; charset=utf-8"), (answer.StatusCode, answer.ContentType));
            Assert.Contains("No account 5", JsonElement.Parse(Browser.Text(answer)).GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_long_lived_token_is_tried_stored_and_never_refreshed()
    {
        await using var browser = await StartAsync();

        var answer = await AddAsync(browser);

        Assert.Equal(200, answer.StatusCode);
        var account = (await browser.Host.ReadAccountAsync())!;
        Assert.Equal((AccountState.Active, HookState.Subscribed, "example"), (account.State, account.Hooks, account.Name));
        var tokens = await browser.Host.Process.Get<TokenVault>().ReadAsync(account.Id, CancellationToken.None);
        Assert.Equal((Token, null), (tokens!.AccessToken, tokens.RefreshToken));
        Assert.Equal(9999, account.RefreshDueAt.Year);
        Assert.False(JsonElement.Parse(Browser.Text(answer)).GetProperty("tokenIsRefreshed").GetBoolean());
        await browser.Host.Process.Get<TokenRefresher>().RefreshDueAsync();
        Assert.False(browser.Host.Kommo.GetStatistics().RequestsByRoute.ContainsKey("POST /oauth2/access_token"));
    }

    [Fact]
    public async Task A_new_long_lived_token_makes_the_account_active_again()
    {
        await using var browser = await StartAsync();
        await AddAsync(browser);
        await browser.Host.Process.Get<AccountStore>().SetStateAsync(browser.Host.AccountId, AccountState.NeedsAuthorization, CancellationToken.None);
        Assert.Contains("POST /api/accounts", (await ShowAsync(browser)).GetProperty("toDo").GetString(), StringComparison.Ordinal);

        await AddAsync(browser);

        Assert.Equal("Active", (await ShowAsync(browser)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_long_lived_token_that_kommo_refuses_changes_nothing()
    {
        await using var browser = await StartAsync();

        var answer = await AddAsync(browser, token: "another-token");

        Assert.Equal(422, answer.StatusCode);
        Assert.Contains("does not take this token", Browser.Text(answer), StringComparison.Ordinal);
        Assert.DoesNotContain("another-token", Browser.Text(answer), StringComparison.Ordinal);
        Assert.False(await browser.IsConnectedAsync());
    }

    [Theory]
    [InlineData(FaultKind.TooManyRequests, 1, 503)]
    [InlineData(FaultKind.ServerError, 10, 503)]
    public async Task Kommo_being_away_is_told_apart_from_a_refusal(FaultKind kind, int count, int status)
    {
        await using var browser = await StartAsync();
        browser.Host.Kommo.AddFault(new SimulatorFault(kind, Count: count));

        Assert.Equal(status, (await AddAsync(browser)).StatusCode);
        Assert.False(await browser.IsConnectedAsync());
    }

    [Theory]
    [InlineData("""{"domain":"evil.com","token":"t"}""", "application/json", 400, "such as example.kommo.com")]
    [InlineData("""{"domain":"https://example.kommo.com/","token":"t"}""", "application/json", 400, "such as example.kommo.com")]
    [InlineData("""{"token":"t"}""", "application/json", 400, "such as example.kommo.com")]
    [InlineData("""{"domain":"example.kommo.com"}""", "application/json", 400, "'token' should be")]
    [InlineData("""{"domain":"example.kommo.com","token":"a b"}""", "application/json", 400, "'token' should be")]
    [InlineData("""{"domain":"example.kommo.com","token":"a\r\nHost: evil"}""", "application/json", 400, "'token' should be")]
    [InlineData("""{"domain":"example.kommo.com","token":"t-0123""", "application/json; charset=utf-8", 400, "The body should be JSON")]
    [InlineData("null", "application/json", 400, "The body should be JSON")]
    [InlineData("", "application/json", 400, "The body should be JSON")]
    [InlineData("domain=example.kommo.com&token=t", "application/x-www-form-urlencoded", 415, "application/json")]
    [InlineData("""{"domain":"example.kommo.com","token":"t"}""", "text/plain", 415, "application/json")]
    [InlineData("""{"domain":"example.kommo.com","token":"t"}""", null, 415, "application/json")]
    public async Task A_wrong_entry_is_answered_with_what_is_wrong(string body, string? contentType, int status, string says)
    {
        await using var browser = await StartAsync();

        var answer = await browser.Host.Process.Get<AccountEndpoints>().AddAsync(new MemoryStream(Encoding.UTF8.GetBytes(body)), contentType);

        Assert.Equal((status, "application/problem+json; charset=utf-8"), (answer.StatusCode, answer.ContentType));
        Assert.Contains(says, JsonElement.Parse(Browser.Text(answer)).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, browser.Host.Kommo.GetStatistics().Requests);
    }

    [Fact]
    public async Task An_entry_that_is_too_large_is_413()
    {
        await using var browser = await StartAsync();

        var answer = await browser.Host.Process.Get<AccountEndpoints>().AddAsync(new MemoryStream(new byte[70_000]), "application/json");

        Assert.Equal(413, answer.StatusCode);
    }

    private Task<Browser> StartAsync() => Browser.StartAsync(azurite, o => o.Kommo = kommo =>
    {
        kommo.UseLoopbackHosts = true;
        kommo.LongLivedToken = Token;
    });

    private static Task<HttpAnswer> AddAsync(Browser browser, string token = Token) => browser.Host.Process.Get<AccountEndpoints>().AddAsync(
        new MemoryStream(Encoding.UTF8.GetBytes($$"""{"domain":"{{browser.Host.Kommo.BaseAddress.Authority}}","token":"{{token}}"}""")), "application/json");

    private static async Task<JsonElement> ShowAsync(Browser browser) =>
        JsonElement.Parse(Browser.Text(await browser.Host.Process.Get<AccountEndpoints>().GetAsync(browser.Host.AccountId)));
}
