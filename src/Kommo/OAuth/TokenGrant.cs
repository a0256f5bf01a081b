namespace Kommo.OAuth;

/// <summary>A pair of tokens (Kommo: OAuth 2.0). Store it before anyone uses it: the pair of before ends with its first use.</summary>
/// <param name="AccessToken">The access token; a JWT of over 1 KB.</param>
/// <param name="RefreshToken">The refresh token: good once, for 3 months if unused.</param>
/// <param name="ExpiresIn">How long the access token lives from now; as a rule 24 hours.</param>
/// <param name="TokenType">As a rule <c>Bearer</c>.</param>
/// <param name="ServerTime">The server's time when it made the pair, where told.</param>
public sealed record TokenGrant(
    string AccessToken, string RefreshToken, TimeSpan ExpiresIn, string TokenType = "Bearer", DateTimeOffset? ServerTime = null)
{
    /// <summary>Tells the life of the pair, not the tokens.</summary>
    public override string ToString() => $"TokenGrant {{ AccessToken = ***, RefreshToken = ***, ExpiresIn = {ExpiresIn} }}";
}
