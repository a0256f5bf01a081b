namespace Kommo;

/// <summary>
/// Where the link to the next page leads. Only its path and query are taken, onto the account's own host: Kommo may
/// name another host of its own, and the token must not follow.
/// </summary>
internal static class NextPage
{
    public static string? PathAndQuery(string href)
    {
        if (!Uri.TryCreate(href, UriKind.RelativeOrAbsolute, out var link))
        {
            return null;
        }

        var path = link.IsAbsoluteUri && !link.IsFile ? link.PathAndQuery : href;
        return path.StartsWith("/api/", StringComparison.Ordinal) ? path : null;
    }
}
