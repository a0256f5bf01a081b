using System.Globalization;
using Kommo;
using Kommo.OAuth;
using KommoFunctions.Tokens;

namespace KommoFunctions.Accounts;

/// <summary>An account, the clients that work for it, and the tokens that they work with.</summary>
/// <param name="Account">The account.</param>
/// <param name="Kommo">For what somebody waits for.</param>
/// <param name="ForHandlers">The same for handlers: what it writes is noted, so that the events it causes are known.</param>
/// <param name="Background">For what nobody waits for: the others' requests go before.</param>
/// <param name="Tokens">What both clients are let in by.</param>
/// <param name="ReadAt">When the account was read.</param>
internal sealed record AccountSession(KommoAccount Account, KommoClient Kommo, KommoClient ForHandlers, KommoClient Background, CachedTokens Tokens, long ReadAt)
{
    /// <summary>The user whom the integration's own changes may be shown as; null when the token does not tell.</summary>
    public async ValueTask<long?> GetUserIdAsync(CancellationToken cancellationToken) =>
        AccessTokenClaims.TryRead(await Tokens.GetAsync(cancellationToken), out var claims)
        && long.TryParse(claims.Subject, NumberStyles.None, CultureInfo.InvariantCulture, out var user) ? user : null;
}
