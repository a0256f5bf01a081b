using System.Globalization;

namespace Kommo;

/// <summary>
/// Where the link to the next page leads. Only its path and query are taken, onto the account's own host: Kommo may
/// name another host of its own, and the token must not follow.
/// </summary>
internal static class NextLink
{
    private const string PageParameter = "page=";

    /// <summary>Where lists are: the account's API, and that of the file storage.</summary>
    private static readonly string[] Roots = ["/api/", "/v1.0/"];

    public static string? PathAndQuery(string href)
    {
        if (!Uri.TryCreate(href, UriKind.RelativeOrAbsolute, out var link))
        {
            return null;
        }

        var path = link.IsAbsoluteUri && !link.IsFile ? link.PathAndQuery : href;
        return Roots.Any(root => path.StartsWith(root, StringComparison.Ordinal)) ? path : null;
    }

    /// <summary>The number that the link gives to its page; null when it has none.</summary>
    public static int? PageNumber(string pathAndQuery)
    {
        foreach (var parameter in pathAndQuery.AsSpan(pathAndQuery.IndexOf('?', StringComparison.Ordinal) + 1).Split('&'))
        {
            var text = pathAndQuery.AsSpan(pathAndQuery.IndexOf('?', StringComparison.Ordinal) + 1)[parameter];
            if (text.StartsWith(PageParameter, StringComparison.Ordinal)
                && int.TryParse(text[PageParameter.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return number;
            }
        }

        return null;
    }
}
