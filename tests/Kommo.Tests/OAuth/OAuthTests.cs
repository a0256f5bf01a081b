using System.Buffers.Text;
using System.Text;
using Kommo.Http;
using Kommo.OAuth;
using Kommo.Tests.Support;

namespace Kommo.Tests.OAuth;

public sealed class OAuthTests
{
    private static readonly OAuthCredentials Credentials = new("id", "s3cret", "https://h/cb");

    [Fact]
    public async Task A_refresh_sends_everything_that_Kommo_wants_and_gives_the_new_pair()
    {
        await using var server = await KommoServer.StartAsync(
            new Answer(200, """{"token_type":"Bearer","expires_in":86400,"server_time":1700000000,"access_token":"A","refresh_token":"R"}"""));

        var grant = await Client(server).RefreshAsync("old");

        Assert.Equal(new TokenGrant("A", "R", TimeSpan.FromDays(1), "Bearer", DateTimeOffset.FromUnixTimeSeconds(1_700_000_000)), grant);
        Assert.Equal(("POST", "/oauth2/access_token"), (server.Requests.Single().Method, server.Requests.Single().Path));
        Assert.Equal(
            """{"client_id":"id","client_secret":"s3cret","grant_type":"refresh_token","refresh_token":"old","redirect_uri":"https://h/cb"}""",
            server.Requests.Single().Body);
    }

    [Fact]
    public async Task A_code_is_exchanged_with_the_same_redirect_uri()
    {
        await using var server = await KommoServer.StartAsync(
            new Answer(200, """{"token_type":"Bearer","expires_in":86400,"access_token":"A","refresh_token":"R"}"""));

        await Client(server).ExchangeCodeAsync("code");

        Assert.Equal(
            """{"client_id":"id","client_secret":"s3cret","grant_type":"authorization_code","code":"code","redirect_uri":"https://h/cb"}""",
            server.Requests.Single().Body);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    public async Task A_refusal_in_JSON_is_a_rejected_grant_with_its_hint(int status)
    {
        await using var server = await KommoServer.StartAsync(
            Answer.Problem(status, """{"hint":"Token has been revoked","title":"x","type":"x","status":401,"detail":"x"}"""));

        var error = await Assert.ThrowsAsync<KommoGrantRejectedException>(() => Client(server).RefreshAsync("old"));

        Assert.Equal(("Token has been revoked", false), (error.Hint, error.IsTransient));
    }

    [Theory]
    [InlineData(429, typeof(KommoRateLimitedException))]
    [InlineData(403, typeof(KommoBlockedException))]
    [InlineData(500, typeof(KommoServerException))]
    [InlineData(504, typeof(KommoGatewayTimeoutException))]
    [InlineData(200, typeof(KommoUnexpectedResponseException))]
    public async Task Everything_else_is_transient_and_keeps_the_tokens(int status, Type type)
    {
        await using var server = await KommoServer.StartAsync(Answer.Html(status));

        var error = await Assert.ThrowsAnyAsync<KommoException>(() => Client(server).RefreshAsync("old"));

        Assert.IsType(type, error);
        Assert.True(error.IsTransient);
    }

    [Fact]
    public async Task A_refusal_that_is_no_JSON_does_not_count_as_a_rejected_grant()
    {
        await using var server = await KommoServer.StartAsync(Answer.Html(401));

        var error = await Assert.ThrowsAsync<KommoUnexpectedResponseException>(() => Client(server).RefreshAsync("old"));

        Assert.Equal(KommoErrorCategory.Transient, error.Category);
    }

    [Theory]
    [InlineData("""{"token_type":"Bearer","expires_in":86400,"access_token":"A"}""")]
    [InlineData("""{"access_token":"","refresh_token":"R","expires_in":1}""")]
    [InlineData("""{"access_token":"A","refresh_token":"R"}""")]
    public async Task Half_a_pair_is_an_error(string body)
    {
        await using var server = await KommoServer.StartAsync(new Answer(200, body));

        await Assert.ThrowsAsync<KommoUnexpectedResponseException>(() => Client(server).RefreshAsync("old"));
    }

    [Fact]
    public async Task The_token_endpoint_takes_a_permit_and_is_never_repeated()
    {
        await using var server = await KommoServer.StartAsync(new Answer(500));
        using var limiter = new CountingLimiter();
        using var http = KommoPipeline.CreateClient(server.Address, new() { Limiter = limiter }, KommoPipeline.CreateTransport());

        await Assert.ThrowsAsync<KommoServerException>(() => new KommoOAuthClient(http, Credentials).RefreshAsync("old"));

        Assert.Equal((1, 1), (limiter.Asked, server.Requests.Count));
    }

    [Fact]
    public void Secrets_are_not_printed()
    {
        Assert.DoesNotContain("s3cret", Credentials.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("tok", new TokenGrant("tok1", "tok2", TimeSpan.Zero).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("example.kommo.com", "https://example.kommo.com/")]
    [InlineData("Example-1.KOMMO.com", "https://example-1.kommo.com/")]
    [InlineData("a.amocrm.ru", "https://a.amocrm.ru/")]
    [InlineData("a.amocrm.com", "https://a.amocrm.com/")]
    public void An_account_s_host_is_taken(string referer, string account)
    {
        Assert.True(KommoDomain.TryParse(referer, out var address));
        Assert.Equal(account, address.AbsoluteUri);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("kommo.com")]
    [InlineData(".kommo.com")]
    [InlineData("www.kommo.com")]
    [InlineData("a.b.kommo.com")]
    [InlineData("evilkommo.com")]
    [InlineData("example.kommo.com.evil.com")]
    [InlineData("evil.com/.kommo.com")]
    [InlineData("evil.com#.kommo.com")]
    [InlineData("evil.com?.kommo.com")]
    [InlineData("evil.com\\.kommo.com")]
    [InlineData("user@example.kommo.com")]
    [InlineData("example.kommo.com:443")]
    [InlineData("https://example.kommo.com")]
    [InlineData("example.kommo.com/")]
    [InlineData("example.kommo.com.")]
    [InlineData(" example.kommo.com")]
    [InlineData("exa\u043Cple.kommo.com")]
    [InlineData("xn--e1afmkfd.kommo.com")]
    [InlineData("-a.kommo.com")]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("exam\nple.kommo.com")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123.kommo.com")]
    public void Anything_else_is_refused(string? referer) => Assert.False(KommoDomain.TryParse(referer, out _));

    [Theory]
    [InlineData("http://localhost:5000", true)]
    [InlineData("http://127.0.0.1:5000/", true)]
    [InlineData("https://[::1]:5000", true)]
    [InlineData("http://example.kommo.com", false)]
    [InlineData("http://localhost:5000/x", false)]
    [InlineData("http://u@localhost", false)]
    [InlineData("file://localhost/", false)]
    [InlineData("localhost", false)]
    public void A_simulator_s_address_is_this_machine_only(string address, bool isTaken) =>
        Assert.Equal(isTaken, KommoDomain.TryParseLoopback(address, out _));

    [Fact]
    public void Claims_are_read_from_a_token()
    {
        var jwt = Jwt("""{"aud":"client","iat":1700000000.25,"exp":1700086400,"sub":"77","account_id":30000001,"base_domain":"kommo.com","api_domain":"api-c.kommo.com","scopes":["crm","files"]}""");

        Assert.True(AccessTokenClaims.TryRead(jwt, out var claims));
        Assert.Equal((30000001L, "77", "client", "api-c.kommo.com"), (claims.AccountId, claims.Subject, claims.Audience, claims.ApiDomain));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_700_086_400), claims.Expires);
        Assert.Equal(["crm", "files"], claims.Scopes);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("opaque")]
    [InlineData("a.b")]
    [InlineData("a.!!.c")]
    [InlineData("a.AAAA.c")]
    [InlineData("a..c")]
    public void A_token_that_is_no_JWT_has_no_claims(string? token) => Assert.False(AccessTokenClaims.TryRead(token, out _));

    [Fact]
    public void A_token_with_other_types_of_claims_does_not_throw()
    {
        Assert.True(AccessTokenClaims.TryRead(Jwt("""{"aud":["x"],"exp":"soon","scopes":[1],"account_id":{}}"""), out var claims));
        Assert.Equal((null, null, 0), (claims.AccountId, claims.Expires, claims.Scopes.Count));
        Assert.False(AccessTokenClaims.TryRead(Jwt("""{"sub":"\ud800"}"""), out _));
        Assert.False(AccessTokenClaims.TryRead(Jwt("[]"), out _));
    }

    private static string Jwt(string payload) => $"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}.sig";

    private static KommoOAuthClient Client(KommoServer server) =>
        new(new HttpClient(KommoPipeline.CreateTransport()) { BaseAddress = server.Address }, Credentials);
}
