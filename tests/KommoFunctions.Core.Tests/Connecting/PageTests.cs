using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using KommoFunctions.Accounts;
using KommoFunctions.Connecting;

namespace KommoFunctions.Core.Tests.Connecting;

public sealed partial class PageTests
{
    private static readonly ConnectPages Pages = new(new Uri("https://my-app.example/api/oauth/start"));

    /// <summary>Every page, by its name.</summary>
    public static TheoryData<string> Names => [.. All().Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_loads_nothing_and_is_kept_by_nobody(string name)
    {
        var answer = All()[name].Answer(200);
        var html = Browser.Text(answer);

        var style = StyleElement().Match(html).Groups[1].Value;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        Assert.Equal(
            $"default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            answer.Headers["Content-Security-Policy"]);
        Assert.Equal(("no-store", "no-referrer", "nosniff"), (answer.Headers["Cache-Control"], answer.Headers["Referrer-Policy"], answer.Headers["X-Content-Type-Options"]));
        Assert.DoesNotMatch("<(script|img|link|iframe|form|object)|\\bsrc=|url\\(|\\bon\\w+=|style=", html);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_says_in_what_language_and_under_one_heading_what_happened(string name)
    {
        var html = Browser.Text(All()[name].Answer(200));

        Assert.StartsWith("<!doctype html>\n<html lang=\"en\">", html, StringComparison.Ordinal);
        Assert.Contains("<meta name=\"viewport\"", html, StringComparison.Ordinal);
        var body = XElement.Parse(html[html.IndexOf("<body>", StringComparison.Ordinal)..html.IndexOf("</html>", StringComparison.Ordinal)].Replace("&nbsp;", " ", StringComparison.Ordinal));
        Assert.Single(body.Descendants("h1"));
        Assert.Single(body.Descendants("main"));
        Assert.NotEmpty(body.Descendants("p"));
        Assert.All(body.Descendants("a"), link => Assert.Equal("https://my-app.example/api/oauth/start", link.Attribute("href")!.Value));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_uses_no_word_that_only_a_developer_knows(string name)
    {
        var text = Tag().Replace(Browser.Text(All()[name].Answer(200)), " ");

        Assert.DoesNotMatch(@"(?i)\b(oauth|token|state|csrf|http|exception|callback|referer|client_id|secret|vault|null|json|storage)\b", text[text.LastIndexOf('}')..]);
    }

    [Fact]
    public void A_name_cannot_add_anything_to_the_page()
    {
        var html = Browser.Text(ConnectPages.Connected(Account() with { Name = "<script>alert('x')</script>\"&" }, null, []).Answer(200));

        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Hooks_that_kommo_refuses_can_be_entered_by_hand()
    {
        var html = Browser.Text(ConnectPages.Connected(
            Account() with { Hooks = HookState.Refused }, new Uri("https://my-app.example/api/hooks/30000001/abc"), ["add_lead", "update_lead"]).Answer(200));

        Assert.Contains("https://my-app.example/api/hooks/30000001/abc", html, StringComparison.Ordinal);
        Assert.Contains("add_lead, update_lead", html, StringComparison.Ordinal);
        Assert.Contains("<h2>What to do</h2>", html, StringComparison.Ordinal);
    }

    private static Dictionary<string, HtmlPage> All() => new()
    {
        ["denied"] = Pages.Denied,
        ["incomplete"] = Pages.Incomplete,
        ["other integration"] = Pages.OtherIntegration,
        ["no Kommo account"] = Pages.NoKommoAccount,
        ["from Kommo"] = Pages.FromKommo,
        ["forged"] = Pages.Forged,
        ["expired"] = Pages.Expired,
        ["other browser"] = Pages.OtherBrowser,
        ["used"] = Pages.Used,
        ["code refused"] = Pages.CodeRefused,
        ["Kommo unavailable"] = Pages.KommoUnavailable,
        ["unavailable"] = Pages.Unavailable,
        ["not set up"] = ConnectPages.NotSetUp,
        ["connected"] = ConnectPages.Connected(Account(), null, []),
        ["connected, hooks unknown"] = ConnectPages.Connected(Account(), new Uri("https://my-app.example/hook"), ["add_lead"]),
        ["connected, hooks refused"] = ConnectPages.Connected(Account() with { Hooks = HookState.Refused }, new Uri("https://my-app.example/hook"), ["add_lead"]),
    };

    private static KommoAccount Account() => new() { Id = 30000001, Address = new Uri("https://example.kommo.com/"), Name = "Example Ltd" };

    [GeneratedRegex("<style>([^<]*)</style>")]
    private static partial Regex StyleElement();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
