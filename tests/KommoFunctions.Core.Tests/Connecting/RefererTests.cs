using KommoFunctions.Connecting;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Tests;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Core.Tests.Connecting;

/// <summary>The integration's secret is sent to the callback's <c>referer</c>, which anybody can make up.</summary>
public sealed class RefererTests(AzuriteFixture azurite)
{
    /// <summary>Texts that are no account's host, whatever is allowed for local development.</summary>
    public static TheoryData<string> Wrong =>
    [
        "",
        " ",
        "evil.com",
        "kommo.com",
        ".kommo.com",
        "..kommo.com",
        "a..kommo.com",
        "www.kommo.com",
        "kommo.com.evil.com",
        "example.kommo.com.evil.com",
        "evil.com/kommo.com",
        "evil.com/.kommo.com",
        "evil.com?.kommo.com",
        "evil.com#.kommo.com",
        "evil.com\\.kommo.com",
        "evil.com%2F.kommo.com",
        "evil.com%00.kommo.com",
        "evil.com\0.kommo.com",
        "evil.com:443/.kommo.com",
        "evilkommo.com",
        "evil-kommo.com",
        "user@kommo.com@evil",
        "user@example.kommo.com",
        "example.kommo.com@evil.com",
        "user:password@example.kommo.com",
        "example.kommo.com:443",
        "example.kommo.com:8443",
        "example.kommo.com.",
        "example.kommo.com..",
        "example.kommo.com/",
        "/example.kommo.com",
        "//example.kommo.com",
        "https://example.kommo.com",
        " example.kommo.com",
        "example.kommo.com ",
        "example.kommo.com\t",
        "example.kommo.com\n",
        "example.kommo.com\r\nHost: evil.com",
        "exa mple.kommo.com",
        "a.b.kommo.com",
        "example_.kommo.com",
        "-example.kommo.com",
        "example-.kommo.com",
        "*.kommo.com",
        "ex\u0430mple.kommo.com", // Cyrillic a
        "example.k\u043Emmo.com", // Cyrillic o
        "example.\u212Aommo.com", // Kelvin sign
        "example.komm\u00F6.com",
        "example\u3002kommo.com", // ideographic full stop
        "example.kommo\uFF0Ecom", // full-width full stop
        "example.kommo.c\u00ADom", // soft hyphen
        "xn--exmple-4uf.kommo.com",
        "XN--exmple-4uf.kommo.com",
        "example.xn--kmmo-5qa.com",
        "127.0.0.1.kommo.com",
        "192.0.2.1",
        "[2001:db8::1]",
        "2130706433",
        "0x7f.1",
        "example.kommo.com,evil.com",
        "example.kommo.com;evil.com",
        "example.amocrm.com.evil.com",
        "example.amocrm.ru:80",
        "0123456789012345678901234567890123456789012345678901234567890123.kommo.com",
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Anything_but_an_accounts_host_is_refused(string referer)
    {
        Assert.False(Hosts(allowLoopback: false).TryParse(referer, out _));
        Assert.False(Hosts(allowLoopback: true).TryParse(referer, out _));
    }

    [Theory]
    [InlineData("example.kommo.com", "https://example.kommo.com/")]
    [InlineData("EXAMPLE.Kommo.COM", "https://example.kommo.com/")]
    [InlineData("my-company1.amocrm.ru", "https://my-company1.amocrm.ru/")]
    [InlineData("a.amocrm.com", "https://a.amocrm.com/")]
    public void An_accounts_host_is_taken(string referer, string address)
    {
        Assert.True(Hosts(allowLoopback: false).TryParse(referer, out var account));
        Assert.Equal(address, account.AbsoluteUri);
    }

    [Theory]
    [InlineData("127.0.0.1:10004")]
    [InlineData("localhost:10004")]
    [InlineData("[::1]:10004")]
    public void This_machine_is_taken_where_that_is_allowed_only(string referer)
    {
        Assert.False(Hosts(allowLoopback: false).TryParse(referer, out _));
        Assert.True(Hosts(allowLoopback: true).TryParse(referer, out var account));
        Assert.Equal($"http://{referer}/", account.AbsoluteUri);
    }

    [Theory]
    [InlineData("127.0.0.1:10004/path")]
    [InlineData("127.0.0.1:10004/")]
    [InlineData("127.0.0.1:10004?a=b")]
    [InlineData("user@127.0.0.1:10004")]
    [InlineData("127.0.0.1:10004@evil.com")]
    [InlineData("localhost.evil.com")]
    [InlineData("localhost:80@evil.com")]
    [InlineData("127.0.0.1.evil.com")]
    [InlineData("127.1")]
    [InlineData("0x7f000001")]
    [InlineData("2130706433")]
    [InlineData("0.0.0.0")]
    [InlineData("169.254.169.254")]
    [InlineData("10.0.0.1")]
    public void Nothing_that_only_looks_like_this_machine_is_taken(string referer) =>
        Assert.False(Hosts(allowLoopback: true).TryParse(referer, out _));

    [Theory]
    [InlineData("evil.com")]
    [InlineData("kommo.com.evil.com")]
    [InlineData("evil.com/kommo.com")]
    [InlineData("user@kommo.com@evil")]
    [InlineData("example.kommo.com:443")]
    [InlineData("192.0.2.1")]
    [InlineData("localhost:1")]
    public async Task A_callback_from_elsewhere_sends_the_secret_nowhere(string referer)
    {
        await using var browser = await Browser.StartAsync(azurite, o => o.Settings["Connect:AllowLoopback"] = "false");
        var callback = browser.Allow(await browser.StartConnectingAsync()) with { Referer = referer };

        var answer = await browser.ComeBackAsync(callback);

        Assert.Equal((400, "That is not a Kommo account"), (answer.StatusCode, Browser.Heading(answer)));
        Assert.DoesNotContain(referer, Browser.Text(answer), StringComparison.Ordinal);
        Assert.Equal(0, browser.Host.Kommo.GetStatistics().Requests);
    }

    [Fact]
    public async Task A_client_id_that_is_not_ours_is_refused()
    {
        await using var browser = await Browser.StartAsync(azurite);
        var callback = browser.Allow(await browser.StartConnectingAsync()) with { ClientId = "another" };

        var answer = await browser.ComeBackAsync(callback);

        Assert.Equal((400, "This is about another integration"), (answer.StatusCode, Browser.Heading(answer)));
        Assert.Empty(browser.Host.Kommo.Tokens);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public async Task A_callback_without_a_code_is_incomplete(string? code)
    {
        await using var browser = await Browser.StartAsync(azurite);
        var callback = browser.Allow(await browser.StartConnectingAsync()) with { Code = code };

        var answer = await browser.ComeBackAsync(callback);

        Assert.Equal((400, "This page needs to be opened by Kommo"), (answer.StatusCode, Browser.Heading(answer)));
    }

    private static AccountHosts Hosts(bool allowLoopback) => new(Options.Create(new ConnectOptions { AllowLoopback = allowLoopback }));
}
