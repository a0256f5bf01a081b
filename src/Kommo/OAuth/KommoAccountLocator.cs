using Kommo.Http;

namespace Kommo.OAuth;

/// <summary>
/// Finds an account whose subdomain was changed: its old host answers 401 or 404, but the host that its access token names as <c>api_domain</c>
/// knows where it is (Kommo: OAuth 2.0, account subdomain).
/// </summary>
public sealed class KommoAccountLocator
{
    private const string Path = "/oauth2/account/current/subdomain";

    private readonly KommoConnection _connection;

    /// <summary>Makes a locator over <paramref name="http"/>, whose base address is <see cref="AccessTokenClaims.ApiDomain"/>.</summary>
    /// <exception cref="ArgumentException">There is no base address, or it is neither https nor loopback.</exception>
    public KommoAccountLocator(HttpClient http)
    {
        ArgumentNullException.ThrowIfNull(http);
        AccountAddress.Require(http.BaseAddress, nameof(http));
        _connection = new KommoConnection(http);
    }

    /// <summary>Asks where the account of a refresh token is. The token is not spent.</summary>
    /// <exception cref="KommoUnauthorizedException">Kommo refuses the token.</exception>
    /// <exception cref="KommoException">Kommo failed, or was not reached.</exception>
    public async Task<AccountLocation> FindAsync(string refreshToken, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(refreshToken);
        var call = new KommoCall(HttpMethod.Get, Path, Path) { Header = ("X-Refresh-Token", refreshToken) };
        var answer = await _connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return answer.Read(WireJsonContext.Default.AccountLocation);
    }
}
