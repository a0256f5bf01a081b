namespace Kommo.OAuth;

/// <summary>The body sent to the token endpoint.</summary>
internal sealed record TokenRequest(
    string ClientId, string ClientSecret, string GrantType, string? Code, string? RefreshToken, string RedirectUri)
{
    public override string ToString() => nameof(TokenRequest);
}
