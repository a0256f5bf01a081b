using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Kommo.Simulator.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Kommo.Simulator.Tests.OAuth;

public sealed class OAuthTests
{
    [Fact]
    public async Task A_code_gives_a_pair_once()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        AuthorizationCode code = account.Simulator.Authorize();
        Assert.Equal("example.kommo.com", code.Referer);
        Answer first = await ExchangeAsync(account, code.Code);
        Assert.Equal((200, "Bearer", 86400), (first.Status, first.Json["token_type"]!.GetValue<string>(), first.Json["expires_in"]!.GetValue<int>()));
        account.Token = first.Json["access_token"]!.GetValue<string>();
        Assert.Equal(200, (await account.GetAsync("/api/v4/account")).Status);
        Answer second = await ExchangeAsync(account, code.Code);
        Assert.Equal((400, "Authorization code has been revoked"), (second.Status, second.Json["hint"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_code_dies_after_twenty_minutes()
    {
        FakeTimeProvider time = new();
        await using TestAccount account = await TestAccount.StartAsync(options => options.TimeProvider = time);
        AuthorizationCode code = account.Simulator.Authorize();
        time.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal("Authorization code has expired", (await ExchangeAsync(account, code.Code)).Json["hint"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_access_token_looks_like_Kommos_and_dies_after_a_day()
    {
        FakeTimeProvider time = new(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));
        await using TestAccount account = await TestAccount.StartAsync(options => options.TimeProvider = time);
        string token = account.Simulator.IssueTokens().AccessToken;
        string[] parts = token.Split('.');
        JsonNode header = JsonNode.Parse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])))!;
        JsonNode claims = JsonNode.Parse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])))!;
        Assert.Equal((3, "RS256"), (parts.Length, header["alg"]!.GetValue<string>()));
        Assert.Equal((30000001, 1_800_086_400), (claims["account_id"]!.GetValue<long>(), claims["exp"]!.GetValue<long>()));
        Assert.Equal(account.Simulator.Options.ClientId, claims["aud"]!.GetValue<string>());
        Assert.Superset(
            new HashSet<string> { "jti", "iat", "nbf", "sub", "grant_type", "base_domain", "api_domain", "version", "scopes", "hash_uuid", "user_flags" },
            claims.AsObject().Select(claim => claim.Key).ToHashSet());
        account.Token = token;
        time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await account.GetAsync("/api/v4/account")).Status);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(401, (await account.GetAsync("/api/v4/account")).Status);
    }

    [Fact]
    public async Task Under_the_lenient_policy_the_old_pair_lives_until_the_new_one_is_used()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        SimulatedTokenPair old = account.Simulator.IssueTokens();
        Answer lost = await RefreshAsync(account, old.RefreshToken);
        Answer again = await RefreshAsync(account, old.RefreshToken);
        Assert.Equal((200, 200), (lost.Status, again.Status));
        account.Token = old.AccessToken;
        Assert.Equal(200, (await account.GetAsync("/api/v4/account")).Status);
        account.Token = again.Json["access_token"]!.GetValue<string>();
        Assert.Equal(200, (await account.GetAsync("/api/v4/account")).Status);
        Assert.Equal("Token has been revoked", (await RefreshAsync(account, old.RefreshToken)).Json["hint"]!.GetValue<string>());
        account.Token = old.AccessToken;
        Assert.Equal(401, (await account.GetAsync("/api/v4/account")).Status);
    }

    [Fact]
    public async Task Under_the_lenient_policy_a_refresh_with_the_new_token_counts_as_use()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        SimulatedTokenPair old = account.Simulator.IssueTokens();
        string next = (await RefreshAsync(account, old.RefreshToken)).Json["refresh_token"]!.GetValue<string>();
        Assert.Equal(200, (await RefreshAsync(account, next)).Status);
        Assert.Equal(401, (await RefreshAsync(account, old.RefreshToken)).Status);
    }

    [Fact]
    public async Task Under_the_strict_policy_the_old_pair_dies_at_once()
    {
        await using TestAccount account = await TestAccount.StartAsync(options => options.RefreshTokenPolicy = RefreshTokenPolicy.OldDiesAtOnce);
        SimulatedTokenPair old = account.Simulator.IssueTokens();
        Answer fresh = await RefreshAsync(account, old.RefreshToken);
        Answer again = await RefreshAsync(account, old.RefreshToken);
        Assert.Equal((401, "Token has been revoked"), (again.Status, again.Json["hint"]!.GetValue<string>()));
        account.Token = old.AccessToken;
        Assert.Equal(401, (await account.GetAsync("/api/v4/account")).Status);
        account.Token = fresh.Json["access_token"]!.GetValue<string>();
        Assert.Equal(200, (await account.GetAsync("/api/v4/account")).Status);
    }

    [Theory]
    [InlineData("client_secret", "wrong", 401, null)]
    [InlineData("client_id", "wrong", 401, null)]
    [InlineData("client_id", "", 400, "Check the `client_id` parameter")]
    [InlineData("redirect_uri", "https://elsewhere.example.com/", 400, "Check the redirect_uri parameter")]
    [InlineData("grant_type", "password", 400, "Check the `grant_type` parameter")]
    [InlineData("refresh_token", "def50200", 401, "Cannot decrypt the refresh token")]
    [InlineData("refresh_token", "", 400, "Check the `refresh_token` parameter")]
    public async Task A_wrong_grant_is_refused_with_a_hint_unless_it_is_the_clients_fault(string name, string value, int status, string? hint)
    {
        await using TestAccount account = await TestAccount.StartAsync();
        JsonObject body = Grant(account, "refresh_token", account.Simulator.IssueTokens().RefreshToken);
        body[name] = value;
        Answer answer = await account.PostAsync("/oauth2/access_token", body.ToJsonString());
        Assert.Equal((status, "application/problem+json"), (answer.Status, answer.ContentType));
        Assert.Equal(hint, answer.Json["hint"]?.GetValue<string>());
        Assert.Contains("OAuthProblemJson", answer.Json["type"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("client_secret", "Некорректный клиент", "Авторизация клиента не прошла", null)]
    [InlineData("refresh_token", "Некорректный запрос", "В запросе отсутствует ряд параметров или параметры невалидны", "Cannot decrypt the refresh token")]
    public async Task An_account_of_the_other_brand_refuses_in_Russian(string name, string title, string detail, string? hint)
    {
        await using TestAccount account = await TestAccount.StartAsync();
        account.Simulator.Options.TokenErrorsInRussian = true;
        JsonObject body = Grant(account, "refresh_token", account.Simulator.IssueTokens().RefreshToken);
        body[name] = "wrong";
        JsonNode json = (await account.PostAsync("/oauth2/access_token", body.ToJsonString())).Json;
        Assert.Equal((title, detail, hint), (json["title"]!.GetValue<string>(), json["detail"]!.GetValue<string>(), json["hint"]?.GetValue<string>()));
    }

    [Fact]
    public async Task No_token_or_an_unknown_one_is_401()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        account.Token = "nonsense";
        Assert.Equal((401, "application/problem+json"), ((await account.GetAsync("/api/v4/leads")).Status, (await account.GetAsync("/api/v4/leads")).ContentType));
        account.Http.DefaultRequestHeaders.Authorization = null;
        Assert.Equal(401, (await account.GetAsync("/api/v4/leads")).Status);
    }

    [Fact]
    public async Task A_long_lived_token_needs_no_grant_and_removal_ends_the_others()
    {
        await using TestAccount account = await TestAccount.StartAsync(options => options.LongLivedToken = "long-lived");
        account.Simulator.RevokeAllTokens();
        Assert.Equal(401, (await account.GetAsync("/api/v4/account")).Status);
        account.Token = "long-lived";
        Assert.Equal(200, (await account.GetAsync("/api/v4/account")).Status);
    }

    [Fact]
    public async Task Another_users_context_must_exist()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        account.Http.DefaultRequestHeaders.Add("X-Context-User-ID", "8000002");
        Assert.Equal(8000002, (await account.GetAsync("/api/v4/account")).Json["current_user_id"]!.GetValue<long>());
        account.Http.DefaultRequestHeaders.Remove("X-Context-User-ID");
        account.Http.DefaultRequestHeaders.Add("X-Context-User-ID", "5");
        Assert.Equal(401, (await account.GetAsync("/api/v4/account")).Status);
    }

    [Fact]
    public async Task The_consent_page_leads_back_with_code_state_and_referer()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        using HttpClient browser = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = account.Simulator.BaseAddress };
        string page = await browser.GetStringAsync($"/oauth?client_id={account.Simulator.Options.ClientId}&state=s%221&mode=popup");
        Assert.Contains("value=\"s&quot;1\"", page, StringComparison.Ordinal);
        using HttpResponseMessage allowed = await browser.GetAsync("/oauth/decision?state=s%221&allow=1");
        Assert.Equal(HttpStatusCode.Redirect, allowed.StatusCode);
        string location = allowed.Headers.Location!.OriginalString;
        Assert.StartsWith($"{account.Simulator.Options.RedirectUri}?code=def50200", location, StringComparison.Ordinal);
        Assert.Contains("&referer=example.kommo.com&platform=2&client_id=", location, StringComparison.Ordinal);
        Assert.EndsWith("&state=s%221", location, StringComparison.Ordinal);
        using HttpResponseMessage denied = await browser.GetAsync("/oauth/decision?state=x&allow=0");
        Assert.Contains("?error=access_denied&", denied.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_subdomain_is_told_for_a_refresh_token()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        account.Http.DefaultRequestHeaders.Add("X-Refresh-Token", account.Simulator.IssueTokens().RefreshToken);
        JsonNode answer = (await account.GetAsync("/oauth2/account/current/subdomain")).Json;
        Assert.Equal(("example", "example.kommo.com"), (answer["subdomain"]!.GetValue<string>(), answer["domain"]!.GetValue<string>()));
        account.Http.DefaultRequestHeaders.Remove("X-Refresh-Token");
        Assert.Equal(401, (await account.GetAsync("/oauth2/account/current/subdomain")).Status);
    }

    private static Task<Answer> ExchangeAsync(TestAccount account, string code) =>
        account.PostAsync("/oauth2/access_token", Grant(account, "authorization_code", code).ToJsonString());

    private static Task<Answer> RefreshAsync(TestAccount account, string refreshToken) =>
        account.PostAsync("/oauth2/access_token", Grant(account, "refresh_token", refreshToken).ToJsonString());

    private static JsonObject Grant(TestAccount account, string type, string value) => new()
    {
        ["client_id"] = account.Simulator.Options.ClientId,
        ["client_secret"] = account.Simulator.Options.ClientSecret,
        ["redirect_uri"] = account.Simulator.Options.RedirectUri,
        ["grant_type"] = type,
        [type == "refresh_token" ? "refresh_token" : "code"] = value,
    };
}
