using KommoFunctions.Configuration;

namespace KommoFunctions.Tokens;

/// <summary>The integration as registered at Kommo. Settings: <c>KommoFunctions:OAuth</c>. Its secret is in the vault, as <c>kommo-client-secret</c>.</summary>
public sealed class OAuthOptions
{
    /// <summary>The integration's id. Required.</summary>
    [Setting("the integration's id from Kommo's \"Keys and scopes\", such as 00000000-0000-4000-8000-000000000001", Required = true)]
    public string ClientId { get; set; } = string.Empty;

    /// <summary>The redirect address, exactly as registered; the token endpoint asks for it at every refresh (Kommo: OAuth 2.0). Required.</summary>
    [Setting("the redirect address as registered at Kommo, such as https://my-app.azurewebsites.net/api/oauth/callback", Required = true)]
    public string RedirectUri { get; set; } = string.Empty;

    internal static string? Check(OAuthOptions options, string path) => Uri.TryCreate(options.RedirectUri, UriKind.Absolute, out _)
        ? null
        : $"{path}:{nameof(RedirectUri)} is '{options.RedirectUri}'. It should be an address such as https://my-app.azurewebsites.net/api/oauth/callback.";
}
