namespace Kommo.Http;

/// <summary>The rule for an account's address: its own host over https; plain http only to this machine (simulators).</summary>
internal static class AccountAddress
{
    public static void Require(Uri? address, string parameter)
    {
        if (address is not { IsAbsoluteUri: true })
        {
            throw new ArgumentException("The account's address is missing: an absolute URL such as https://example.kommo.com/.", parameter);
        }

        if (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        {
            throw new ArgumentException("The account's address must be https; plain http is for loopback only.", parameter);
        }

        if (address.AbsolutePath != "/" || address.Query.Length > 0 || address.UserInfo.Length > 0)
        {
            throw new ArgumentException("The account's address is a host, with no user, path or query.", parameter);
        }
    }

    /// <summary>The client, when its base address is one to send a token to.</summary>
    public static HttpClient Required(HttpClient http)
    {
        ArgumentNullException.ThrowIfNull(http);
        Require(http.BaseAddress, nameof(http));
        return http;
    }

    public static bool SameHost(Uri? one, Uri other) =>
        one is { IsAbsoluteUri: true }
        && Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
