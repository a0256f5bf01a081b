namespace Kommo.OAuth;

/// <summary>The integration's own credentials, from its settings in Kommo.</summary>
/// <param name="ClientId">The integration's id.</param>
/// <param name="ClientSecret">The integration's secret.</param>
/// <param name="RedirectUri">The redirect URI exactly as registered; Kommo wants it for both grants.</param>
public sealed record OAuthCredentials(string ClientId, string ClientSecret, string RedirectUri)
{
    /// <summary>Names the integration, not its secret.</summary>
    public override string ToString() => $"OAuthCredentials {{ ClientId = {ClientId}, ClientSecret = *** }}";
}
