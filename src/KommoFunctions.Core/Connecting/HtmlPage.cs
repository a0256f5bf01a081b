using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace KommoFunctions.Connecting;

/// <summary>A page for a person: a heading, what happened, what to do next. It loads nothing, runs nothing, and is kept by nobody.</summary>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="Paragraphs">What happened and what it means.</param>
internal sealed record HtmlPage(string Title, params IReadOnlyList<string> Paragraphs)
{
    private const string Style =
        "body{font:1.125rem/1.6 system-ui,sans-serif;max-width:38rem;margin:3rem auto;padding:0 1.25rem;color:#1b1f24;background:#fff}"
        + "h1{font-size:1.75rem;line-height:1.25}a{color:#0a58ca}dt{font-weight:600}dd{margin:0 0 .5rem;overflow-wrap:anywhere}"
        + "@media(prefers-color-scheme:dark){body{color:#e6e6e6;background:#16181c}a{color:#8ab4f8}}";

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>What to do, one after the other.</summary>
    public IReadOnlyList<string> Steps { get; init; } = [];

    /// <summary>Names and values, such as the account's.</summary>
    public IReadOnlyList<(string Name, string Value)> Facts { get; init; } = [];

    /// <summary>Where to go on.</summary>
    public (Uri Address, string Text)? Link { get; init; }

    /// <summary>The answer with this page. Headers that differ from page to page may be added.</summary>
    public HttpAnswer Answer(int statusCode, params IEnumerable<KeyValuePair<string, string>> headers) => new(
        statusCode, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(Render()))
    {
        Headers = new Dictionary<string, string>([.. Guards, .. headers]) { ["Content-Security-Policy"] = Policy },
    };

    /// <summary>What every answer to a browser says: keep nothing, pass on no address.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Guards =>
    [
        new("Cache-Control", "no-store"),
        new("Referrer-Policy", "no-referrer"),
        new("X-Content-Type-Options", "nosniff"),
    ];

    private string Render()
    {
        var html = new StringBuilder(2_048);
        html.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>").Append(Text(Title))
            .Append("</title>\n<style>").Append(Style).Append("</style>\n</head>\n<body>\n<main>\n<h1>").Append(Text(Title)).Append("</h1>\n");
        foreach (var paragraph in Paragraphs)
        {
            html.Append("<p>").Append(Text(paragraph)).Append("</p>\n");
        }

        if (Facts.Count > 0)
        {
            html.Append("<dl>\n");
            foreach (var (name, value) in Facts)
            {
                html.Append("<dt>").Append(Text(name)).Append("</dt><dd>").Append(Text(value)).Append("</dd>\n");
            }

            html.Append("</dl>\n");
        }

        if (Steps.Count > 0)
        {
            html.Append("<h2>What to do</h2>\n<ol>\n");
            foreach (var step in Steps)
            {
                html.Append("<li>").Append(Text(step)).Append("</li>\n");
            }

            html.Append("</ol>\n");
        }

        if (Link is { } link)
        {
            html.Append("<p><a href=\"").Append(Text(link.Address.AbsoluteUri)).Append("\">").Append(Text(link.Text)).Append("</a></p>\n");
        }

        return html.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static string Text(string value) => WebUtility.HtmlEncode(value);
}
