using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;

namespace KommoFunctions.Connecting;

/// <summary>
/// The cookie that ties a try to connect to the browser that began it: one a try, so that two tabs do not disturb each other. Over https its name
/// begins with <c>__Host-</c>, which no neighbouring site can set; that prefix wants the path <c>/</c>. SameSite=Lax lets it come along
/// when Kommo sends the browser back.
/// </summary>
internal static class ConnectCookie
{
    private const string Name = "kommo-connect-";
    private const int IdShown = 8;

    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string Set(Uri redirectUri, ConnectState state, string secret, TimeSpan life) =>
        $"{NameOf(redirectUri, state)}={secret}; {Attributes(redirectUri, life)}";

    public static string Clear(Uri redirectUri, ConnectState state) =>
        $"{NameOf(redirectUri, state)}=; {Attributes(redirectUri, TimeSpan.Zero)}";

    /// <summary>What the request's <c>Cookie</c> header has for this try.</summary>
    public static IEnumerable<string> Find(string? header, Uri redirectUri, ConnectState state)
    {
        var start = NameOf(redirectUri, state) + '=';
        return (header ?? string.Empty)
            .Split(';', StringSplitOptions.TrimEntries)
            .Where(pair => pair.StartsWith(start, StringComparison.Ordinal))
            .Select(pair => pair[start.Length..]);
    }

    private static string NameOf(Uri redirectUri, ConnectState state) => $"{(IsSecure(redirectUri) ? "__Host-" : "")}{Name}{state.Id[..IdShown]}";

    private static string Attributes(Uri redirectUri, TimeSpan life)
    {
        var path = IsSecure(redirectUri) ? "/" : new Uri(redirectUri, ".").AbsolutePath;
        var secure = IsSecure(redirectUri) ? "; Secure" : "";
        return string.Create(CultureInfo.InvariantCulture, $"Path={path}; Max-Age={(long)life.TotalSeconds}{secure}; HttpOnly; SameSite=Lax");
    }

    private static bool IsSecure(Uri redirectUri) => redirectUri.Scheme == Uri.UriSchemeHttps;
}
