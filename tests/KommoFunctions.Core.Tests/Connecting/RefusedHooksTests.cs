using KommoFunctions.Accounts;
using KommoFunctions.Connecting;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Reconciliation;
using KommoFunctions.Tests;
using KommoFunctions.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Core.Tests.Connecting;

/// <summary>An account of a plan without webhooks (402), or connected by somebody who is no administrator (403).</summary>
public sealed class RefusedHooksTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(402)]
    [InlineData(403)]
    public async Task An_account_whose_hooks_kommo_refuses_is_connected_and_the_page_says_what_to_do(int status)
    {
        await using var kommo = await StartKommoAsync(status);
        await using var browser = await Browser.StartAsync(azurite);
        var callback = browser.Allow(await browser.StartConnectingAsync()) with { Referer = new Uri(kommo.Urls.Single()).Authority };

        var answer = await browser.ComeBackAsync(callback);

        Assert.Equal((200, "Your account is connected, but Kommo sends no news yet"), (answer.StatusCode, Browser.Heading(answer)));
        Assert.Contains($"http://localhost:7071/api/hooks/{browser.Host.AccountId}/", Browser.Text(answer), StringComparison.Ordinal);
        var account = await browser.Host.ReadAccountAsync();
        Assert.Equal((AccountState.Active, HookState.Refused), (account!.State, account.Hooks));
        Assert.Contains($"{status}", account.HooksProblem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_without_hooks_is_looked_through_all_the_same()
    {
        await using var kommo = await StartKommoAsync(402);
        await using var browser = await Browser.StartAsync(azurite, o => o.Settings["Reconciliation:Settle"] = "00:00:01");
        await browser.ComeBackAsync(browser.Allow(await browser.StartConnectingAsync()) with { Referer = new Uri(kommo.Urls.Single()).Authority });
        var before = (await browser.Host.ReadAccountAsync())!.ReconciledUntil;

        await Eventually.HoldsAsync(async () =>
        {
            await browser.Host.Process.Get<Reconciler>().RunAsync();
            return (await browser.Host.ReadAccountAsync())!.ReconciledUntil > before;
        });
    }

    [Fact]
    public async Task Hooks_that_are_allowed_later_are_subscribed_by_the_timer()
    {
        await using var browser = await Browser.StartAsync(azurite);
        await browser.ConnectAsync();
        await browser.Host.Process.Get<AccountStore>().SetHooksAsync(browser.Host.AccountId, HookState.Refused, "402", CancellationToken.None);

        await browser.Host.StartProcess().Get<Reconciler>().RunAsync();

        var account = await browser.Host.ReadAccountAsync();
        Assert.Equal((HookState.Subscribed, null), (account!.Hooks, account.HooksProblem));
    }

    /// <summary>Lets anybody in, and has nothing but an account, which takes no webhooks.</summary>
    private static async Task<WebApplication> StartKommoAsync(int status)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(async http =>
        {
            var (code, body) = http.Request.Path.Value switch
            {
                "/oauth2/access_token" => (200, $$"""{"token_type":"Bearer","expires_in":86400,"access_token":"{{Signed.Jwt("""{"account_id":30000001,"exp":1900000000}""")}}","refresh_token":"def50200"}"""),
                "/api/v4/account" => (200, """{"id":30000001,"name":"Example","subdomain":"example"}"""),
                "/api/v4/webhooks" => (status, $$"""{"title":"No","status":{{status}},"detail":"Not in your plan"}"""),
                _ => (204, ""),
            };
            http.Response.StatusCode = code;
            if (body.Length > 0)
            {
                http.Response.ContentType = "application/json";
                await http.Response.WriteAsync(body);
            }
        });
        await app.StartAsync();
        return app;
    }
}
