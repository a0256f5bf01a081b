using System.Globalization;
using Kommo;
using Kommo.Http;
using Kommo.OAuth;
using KommoFunctions.Accounts;
using KommoFunctions.Failures;
using KommoFunctions.Limiting;
using KommoFunctions.Tokens;

namespace KommoFunctions.Connecting;

/// <summary>
/// Tells whether an account should stay with the tokens that it has. Any user of an account can allow an installed integration, and then the tokens have that
/// user's rights (Kommo: OAuth 2.0); those of an administrator are not given up for them.
/// </summary>
internal sealed class AdministratorCheck(
    AccountStore accounts, AccountSessions sessions, AccountLimiters limiters, KommoTransport transport, TimeProvider time)
{
    /// <summary>Costs nothing for an account that is not connected, or that the same user allows again.</summary>
    /// <returns>The account, when an administrator has connected it, its tokens work, and who allows it now is no administrator; else null.</returns>
    /// <exception cref="KommoException">Kommo could not be asked.</exception>
    public async Task<KommoAccount?> FindKeptAsync(long accountId, Uri address, TokenGrant grant, AccessTokenClaims claims)
    {
        if (await accounts.GetAsync(accountId, CancellationToken.None) is not { } account || !account.State.IsConnected()
            || UserOf(claims) is not { } user || await FindOtherUserAsync(accountId, user) is not { } present)
        {
            return null;
        }

        return !await IsAdministratorAsync(Client(address, grant), user) && await IsAdministratorAsync(present.Client, present.User) ? account : null;
    }

    /// <summary>Who connected the account, if that was somebody else; null when the account's tokens do not work.</summary>
    private async Task<(KommoClient Client, long User)?> FindOtherUserAsync(long accountId, long user)
    {
        try
        {
            var session = await sessions.GetAsync(accountId, CancellationToken.None);
            var present = await session.GetUserIdAsync(CancellationToken.None)
                ?? (await session.Kommo.Account.GetAsync(cancellationToken: CancellationToken.None)).CurrentUserId;
            return present is { } other && other != user ? (session.Kommo, other) : null;
        }
        catch (Exception e) when (e is KommoUnauthorizedException or KommoGrantRejectedException or NeedsAuthorizationException or PermanentFailureException)
        {
            return null;
        }
    }

    /// <summary>Only an administrator may see users (Kommo: Users).</summary>
    private static async Task<bool> IsAdministratorAsync(KommoClient kommo, long user)
    {
        try
        {
            return (await kommo.Users.GetAsync(user, cancellationToken: CancellationToken.None))?.Rights?.IsAdmin == true;
        }
        catch (Exception e) when (e is KommoForbiddenException or KommoUnauthorizedException or KommoGrantRejectedException)
        {
            return false;
        }
    }

    private KommoClient Client(Uri address, TokenGrant grant)
    {
        var limiter = limiters.Get(address);
        return new KommoClient(KommoPipeline.CreateClient(
            address,
            new KommoPipelineOptions { Limiter = limiter.Limiter, Observer = limiter, Tokens = new GivenToken(grant.AccessToken), TimeProvider = time },
            transport.Handler));
    }

    private static long? UserOf(AccessTokenClaims claims) =>
        long.TryParse(claims.Subject, NumberStyles.None, CultureInfo.InvariantCulture, out var user) ? user : null;
}
