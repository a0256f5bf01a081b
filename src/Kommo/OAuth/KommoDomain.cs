using System.Diagnostics.CodeAnalysis;

namespace Kommo.OAuth;

/// <summary>
/// The rule for the <c>referer</c> of an authorization callback, to which the client secret will be sent: anyone can
/// call the callback, so only an account's host right under one of Kommo's own domains passes.
/// </summary>
public static class KommoDomain
{
    private const int LongestLabel = 63;

    private static readonly string[] Suffixes = [".kommo.com", ".amocrm.ru", ".amocrm.com"];

    /// <summary>
    /// Reads a bare host such as <c>example.kommo.com</c>: one label of letters, digits and hyphens before the domain.
    /// Ports, users, paths, schemes, addresses, international names and <c>www</c> are refused.
    /// </summary>
    public static bool TryParse(string? referer, [NotNullWhen(true)] out Uri? account)
    {
        account = null;
        if (referer is null || Array.Find(Suffixes, suffix => referer.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)) is not { } domain)
        {
            return false;
        }

        var label = referer.AsSpan(0, referer.Length - domain.Length);
        if (!IsAccountLabel(label))
        {
            return false;
        }

        account = new Uri($"https://{label.ToString().ToLowerInvariant()}{domain}/");
        return true;
    }

    /// <summary>
    /// Reads the address of a simulator on this machine, such as <c>http://localhost:5000</c>. Never give it a callback's
    /// referer outside of development.
    /// </summary>
    public static bool TryParseLoopback(string? address, [NotNullWhen(true)] out Uri? account)
    {
        account = Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            && uri.IsLoopback && uri.UserInfo.Length == 0 && uri.PathAndQuery == "/" && uri.Fragment.Length == 0
                ? uri
                : null;
        return account is not null;
    }

    /// <summary>Whether a host is the brand's own site, such as <c>www.kommo.com</c>: where the authorization page is.</summary>
    public static bool IsBrandHost(string? host) =>
        Array.Exists(Suffixes, suffix => string.Equals(host, $"www{suffix}", StringComparison.OrdinalIgnoreCase));

    private static bool IsAccountLabel(ReadOnlySpan<char> label)
    {
        foreach (var c in label)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '-')
            {
                return false;
            }
        }

        return label.Length is > 0 and <= LongestLabel
            && label[0] != '-' && label[^1] != '-'
            && !label.StartsWith("xn--", StringComparison.OrdinalIgnoreCase)
            && !label.Equals("www", StringComparison.OrdinalIgnoreCase);
    }
}
