using Kommo.Simulator;
using KommoFunctions.Accounts;
using KommoFunctions.Connecting;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Tests;
using KommoFunctions.Tokens;

namespace KommoFunctions.Core.Tests.Connecting;

public sealed class ConnectTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task The_first_page_sends_the_browser_to_kommo_with_a_state_and_a_cookie()
    {
        await using var browser = await Browser.StartAsync(azurite);

        var answer = await browser.Pages.StartAsync();

        Assert.Equal(302, answer.StatusCode);
        Assert.Matches($"^https://www\\.kommo\\.com/oauth\\?client_id={browser.Host.Kommo.Options.ClientId}&state=[A-Za-z0-9_-]{{119}}&mode=popup$", answer.Headers["Location"]);
        Assert.Matches("^kommo-connect-[A-Za-z0-9_-]{8}=[A-Za-z0-9_-]{43}; Path=/kommo/; Max-Age=600; HttpOnly; SameSite=Lax$", answer.Headers["Set-Cookie"]);
        Assert.Equal("no-store", answer.Headers["Cache-Control"]);
    }

    [Fact]
    public async Task Over_https_no_neighbour_can_set_the_cookie()
    {
        await using var browser = await Browser.StartAsync(azurite, o => o.Settings["OAuth:RedirectUri"] = "https://my-app.example/api/oauth/callback");

        var answer = await browser.Pages.StartAsync();

        Assert.Matches("^__Host-kommo-connect-[A-Za-z0-9_-]{8}=[A-Za-z0-9_-]{43}; Path=/; Max-Age=600; Secure; HttpOnly; SameSite=Lax$", answer.Headers["Set-Cookie"]);
    }

    [Fact]
    public async Task Coming_back_from_kommo_connects_the_account_and_says_so()
    {
        await using var browser = await Browser.StartAsync(azurite);

        var answer = await browser.ConnectAsync();

        Assert.Equal((200, "Your account is connected"), (answer.StatusCode, Browser.Heading(answer)));
        var account = await browser.Host.ReadAccountAsync();
        Assert.Equal((AccountState.Active, HookState.Subscribed, browser.Host.Kommo.BaseAddress), (account!.State, account.Hooks, account.Address));
        Assert.Single(browser.Host.Kommo.Webhooks);
    }

    [Fact]
    public async Task The_facts_of_the_account_are_kept()
    {
        await using var browser = await Browser.StartAsync(azurite);

        await browser.ConnectAsync();

        var account = await browser.Host.ReadAccountAsync();
        Assert.Equal(("example", "USD", "UTC"), (account!.Name, account.Currency, account.TimeZone));
        Assert.Equal("00000000-0000-4000-8000-000000000a01", account.AmojoId);
        Assert.Equal("crm files files_delete notifications push_notifications", account.Scopes);
        Assert.StartsWith("127.0.0.1:", account.ApiDomain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_who_says_no_gets_a_friendly_page_and_nothing_is_connected()
    {
        await using var browser = await Browser.StartAsync(azurite);
        var state = await browser.StartConnectingAsync();

        var answer = await browser.ComeBackAsync(
            new ConnectCallback { Error = "access_denied", State = state, ClientId = browser.Host.Kommo.Options.ClientId, Cookies = browser.Cookies });

        Assert.Equal((403, "Access was not allowed"), (answer.StatusCode, Browser.Heading(answer)));
        Assert.False(await browser.IsConnectedAsync());
    }

    [Fact]
    public async Task A_second_connection_renews_the_account_and_keeps_what_is_known_of_it()
    {
        await using var browser = await Browser.StartAsync(azurite);
        await browser.ConnectAsync();
        var first = (await browser.Host.ReadAccountAsync())!;
        await browser.Host.Process.Get<AccountStore>().SetReconciledAsync(first.Id, first.ReconciledUntil + TimeSpan.FromMinutes(5), CancellationToken.None);

        await browser.ConnectAsync();

        var second = (await browser.Host.ReadAccountAsync())!;
        Assert.Equal((first.ConnectedAt, first.Name, first.ReconciledUntil + TimeSpan.FromMinutes(5)), (second.ConnectedAt, second.Name, second.ReconciledUntil));
        Assert.Equal(2, (await ReadTokensAsync(browser))!.Generation);
        Assert.Single(browser.Host.Kommo.Webhooks);
    }

    [Theory]
    [InlineData(AccountState.NeedsAuthorization)]
    [InlineData(AccountState.Uninstalled)]
    public async Task A_second_connection_makes_the_account_active_again(AccountState state)
    {
        await using var browser = await Browser.StartAsync(azurite);
        await browser.ConnectAsync();
        var accounts = browser.Host.Process.Get<AccountStore>();
        await (state == AccountState.Uninstalled
            ? accounts.SetUninstalledAsync(browser.Host.AccountId, TimeProvider.System.GetUtcNow(), CancellationToken.None)
            : accounts.SetStateAsync(browser.Host.AccountId, state, CancellationToken.None));

        await browser.ConnectAsync();

        var account = await browser.Host.ReadAccountAsync();
        Assert.Equal((AccountState.Active, null), (account!.State, account.UninstalledAt));
    }

    [Fact]
    public async Task A_code_that_kommo_does_not_take_gets_a_page_that_says_to_connect_again()
    {
        await using var browser = await Browser.StartAsync(azurite);

        var answer = await browser.ComeBackAsync(browser.Allow(await browser.StartConnectingAsync()) with { Code = "def50200made-up" });

        Assert.Equal((409, "Kommo did not accept it"), (answer.StatusCode, Browser.Heading(answer)));
        Assert.Contains("href=\"http://localhost/kommo/start\"", Browser.Text(answer), StringComparison.Ordinal);
        Assert.False(await browser.IsConnectedAsync());
    }

    [Fact]
    public async Task A_code_that_is_used_twice_connects_once()
    {
        await using var browser = await Browser.StartAsync(azurite);
        var callback = browser.Allow(await browser.StartConnectingAsync());
        await browser.ComeBackAsync(callback);

        var answer = await browser.ComeBackAsync(callback with { State = await browser.StartConnectingAsync(), Cookies = browser.Cookies });

        Assert.Equal((409, "Kommo did not accept it"), (answer.StatusCode, Browser.Heading(answer)));
        Assert.Equal(1, (await ReadTokensAsync(browser))!.Generation);
        Assert.Equal(AccountState.Active, (await browser.Host.ReadAccountAsync())!.State);
    }

    [Theory]
    [InlineData(FaultKind.ServerError, 503)]
    [InlineData(FaultKind.TooManyRequests, 503)]
    [InlineData(FaultKind.HtmlForbidden, 503)]
    [InlineData(FaultKind.ConnectionReset, 503)]
    public async Task Kommo_being_away_gets_a_page_and_connecting_again_works(FaultKind fault, int status)
    {
        await using var browser = await Browser.StartAsync(azurite);
        browser.Host.Kommo.AddFault(new SimulatorFault(fault, "POST /oauth2/access_token"));

        var answer = await browser.ConnectAsync();

        Assert.Equal((status, "Kommo cannot be reached just now"), (answer.StatusCode, Browser.Heading(answer)));
        Assert.False(await browser.IsConnectedAsync());
    }

    [Fact]
    public async Task A_process_that_dies_after_the_code_is_spent_costs_a_second_try_only()
    {
        await using var browser = await Browser.StartAsync(azurite);
        var callback = browser.Allow(await browser.StartConnectingAsync());
        browser.Host.Kommo.AddFault(new SimulatorFault(FaultKind.AnswerLost, "POST /oauth2/access_token"));
        Assert.Equal(503, (await browser.ComeBackAsync(callback)).StatusCode);

        var again = await browser.ComeBackAsync(callback);
        var anew = await browser.ConnectAsync();

        Assert.Equal((409, "This link was used already"), (again.StatusCode, Browser.Heading(again)));
        Assert.Contains("connect it again: that does no harm", Browser.Text(again), StringComparison.Ordinal);
        Assert.Equal(200, anew.StatusCode);
    }

    [Fact]
    public async Task A_vault_without_the_integrations_secret_is_told_apart_from_trouble_at_kommo()
    {
        await using var browser = await Browser.StartAsync(azurite);
        await (await browser.Host.Process.Vault.StartDeleteSecretAsync(IntegrationSecret.Name)).WaitForCompletionAsync();

        var answer = await browser.ConnectAsync();

        Assert.Equal((500, "This app is not ready yet"), (answer.StatusCode, Browser.Heading(answer)));
    }

    [Fact]
    public async Task A_vault_that_is_away_gets_a_page()
    {
        await using var browser = await Browser.StartAsync(azurite);
        browser.Host.Vault.Available = false;

        var answer = await browser.Pages.StartAsync();

        Assert.Equal((503, "That did not work"), (answer.StatusCode, Browser.Heading(answer)));
    }

    private static Task<AccountTokens?> ReadTokensAsync(Browser browser) =>
        browser.Host.Process.Get<TokenVault>().ReadAsync(browser.Host.AccountId, CancellationToken.None);
}
