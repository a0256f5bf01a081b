using System.Net;
using Kommo.Http;

namespace Kommo.OAuth;

/// <summary>
/// The token endpoint of one account (Kommo: OAuth 2.0). Its client goes through the same limiter as any other call,
/// with no token source.
/// </summary>
public sealed class KommoOAuthClient
{
    private const string Path = "/oauth2/access_token";
    private readonly KommoConnection _connection;
    private readonly OAuthCredentials _credentials;

    /// <summary>Makes a client over <paramref name="http"/>, whose base address is the account's own host.</summary>
    /// <exception cref="ArgumentException">There is no base address, or it is neither https nor loopback.</exception>
    public KommoOAuthClient(HttpClient http, OAuthCredentials credentials)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(credentials);
        AccountAddress.Require(http.BaseAddress, nameof(http));
        _connection = new KommoConnection(http);
        _credentials = credentials;
    }

    /// <summary>Spends an authorization code, which lives 20 minutes.</summary>
    /// <exception cref="KommoGrantRejectedException">Kommo refused the code.</exception>
    /// <exception cref="KommoIntegrationRejectedException">Kommo refused the request for the integration's sake; the code may be good.</exception>
    /// <exception cref="KommoException">Kommo failed, blocks, or was not reached; transient ones are worth repeating with the same code.</exception>
    public Task<TokenGrant> ExchangeCodeAsync(string code, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(code);
        return RequestAsync("authorization_code", code, null, cancellationToken);
    }

    /// <summary>Spends a refresh token. One refresher at a time: a token spent twice revokes the account's access.</summary>
    /// <exception cref="KommoGrantRejectedException">Kommo refused the token.</exception>
    /// <exception cref="KommoIntegrationRejectedException">Kommo refused the request for the integration's sake; keep the tokens.</exception>
    /// <exception cref="KommoException">
    /// Kommo failed, blocks, or was not reached; when it is transient keep the tokens, and repeat with the same one.
    /// </exception>
    public Task<TokenGrant> RefreshAsync(string refreshToken, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(refreshToken);
        return RequestAsync("refresh_token", null, refreshToken, cancellationToken);
    }

    private async Task<TokenGrant> RequestAsync(string grantType, string? code, string? refreshToken, CancellationToken cancellationToken)
    {
        var body = new TokenRequest(
            _credentials.ClientId, _credentials.ClientSecret, grantType, code, refreshToken, _credentials.RedirectUri);
        var call = new KommoCall(HttpMethod.Post, Path, Path).With(body, WireJsonContext.Default.TokenRequest);
        try
        {
            var answer = await _connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
            var pair = answer.Read(WireJsonContext.Default.TokenAnswer);
            return pair is { AccessToken.Length: > 0, RefreshToken.Length: > 0, ExpiresIn: { } expiresIn }
                ? new TokenGrant(pair.AccessToken, pair.RefreshToken, expiresIn, pair.TokenType ?? "Bearer", pair.ServerTime)
                : throw answer.Unexpected("an answer without both tokens and their life");
        }
        catch (KommoException e) when (e is { StatusCode: HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized, Problem: not null })
        {
            throw TokenRefusal.IsOfGrant(e.Problem) ? new KommoGrantRejectedException(e.Failure) : new KommoIntegrationRejectedException(e.Failure);
        }
    }
}
