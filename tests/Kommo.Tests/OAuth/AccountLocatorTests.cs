using Kommo.OAuth;
using Kommo.Tests.Support;

namespace Kommo.Tests.OAuth;

public sealed class AccountLocatorTests
{
    [Fact]
    public async Task An_account_is_found_by_its_refresh_token()
    {
        await using var server = await KommoServer.StartAsync(
            new Answer(200, """{"id":30000001,"subdomain":"renamed","domain":"renamed.kommo.com","top_level_domain":"com"}"""));
        using var http = new HttpClient { BaseAddress = server.Address };

        var location = await new KommoAccountLocator(http).FindAsync("def50200");

        Assert.Equal(new AccountLocation { Id = 30000001, Subdomain = "renamed", Domain = "renamed.kommo.com" }, location);
        Assert.Equal(("GET", "/oauth2/account/current/subdomain"), (server.Requests.Single().Method, server.Requests.Single().Path));
        Assert.Equal("def50200", server.Requests.Single().Headers["X-Refresh-Token"]);
    }

    [Fact]
    public async Task A_refused_token_is_an_error_that_does_not_repeat_it()
    {
        await using var server = await KommoServer.StartAsync(Answer.Problem(401, """{"title":"Unauthorized","status":401}"""));
        using var http = new HttpClient { BaseAddress = server.Address };

        var error = await Assert.ThrowsAsync<KommoUnauthorizedException>(() => new KommoAccountLocator(http).FindAsync("def50200"));

        Assert.DoesNotContain("def50200", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("www.kommo.com", true)]
    [InlineData("WWW.amocrm.ru", true)]
    [InlineData("example.kommo.com", false)]
    [InlineData("www.kommo.com.evil.com", false)]
    [InlineData("wwwXkommo.com", false)]
    [InlineData(null, false)]
    public void A_brands_own_site_is_told_from_accounts(string? host, bool isBrand) => Assert.Equal(isBrand, KommoDomain.IsBrandHost(host));
}
