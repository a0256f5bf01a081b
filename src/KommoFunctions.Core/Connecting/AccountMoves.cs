using Kommo;
using Kommo.Http;
using Kommo.OAuth;
using KommoFunctions.Accounts;
using KommoFunctions.Limiting;
using KommoFunctions.Tokens;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Connecting;

/// <summary>
/// Finds an account again whose subdomain was changed, and writes its new address into its row. Its hooks need nothing: their address is ours.
/// Accounts with a long-lived token cannot be found so; an operator enters their new address.
/// </summary>
internal sealed partial class AccountMoves(
    AccountStore accounts,
    AccountHosts hosts,
    TokenReader reader,
    AccountLimiters limiters,
    KommoTransport transport,
    TimeProvider time,
    ILogger<AccountMoves> logger)
{
    /// <summary>Looks for the account after something at <paramref name="address"/> spoke against its being there.</summary>
    /// <returns>Its new address; null when it is still there, or is not found.</returns>
    public async Task<Uri?> FindAsync(long accountId, Uri address, CancellationToken cancellationToken)
    {
        if (await accounts.GetAsync(accountId, cancellationToken) is not { State: not AccountState.Uninstalled } account)
        {
            return null;
        }

        if (account.Address != address)
        {
            return account.Address; // Another request, or another process, has found it.
        }

        var tokens = await reader.ReadAsync(accountId, cancellationToken);
        if (tokens?.RefreshToken is not { } refreshToken
            || !AccessTokenClaims.TryRead(tokens.AccessToken, out var claims)
            || !hosts.TryParse(claims.ApiDomain ?? account.ApiDomain, out var shard))
        {
            return null;
        }

        var found = await AskAsync(accountId, address, shard, refreshToken, cancellationToken);
        if (found?.Id != accountId || !hosts.TryParse(found.Domain, out var moved) || moved == address)
        {
            return null;
        }

        await accounts.SetAddressAsync(accountId, address, moved, cancellationToken);
        Log.Moved(logger, accountId, address.Authority, moved.Authority);
        return moved;
    }

    /// <summary>The shard is asked with the account's own permits: its limit is the account's (Kommo: Limitations).</summary>
    private async Task<AccountLocation?> AskAsync(long accountId, Uri address, Uri shard, string refreshToken, CancellationToken cancellationToken)
    {
        var limiter = limiters.Get(address);
        var http = KommoPipeline.CreateClient(
            shard,
            new KommoPipelineOptions { Limiter = limiter.Limiter, Observer = limiter, Retries = 0, TimeProvider = time },
            transport.Handler);
        try
        {
            return await new KommoAccountLocator(http).FindAsync(refreshToken, cancellationToken);
        }
        catch (KommoException e)
        {
            // The account's own host has failed already: that is what is told.
            Log.NotFound(logger, accountId, shard.Authority, e.Message);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Account {AccountId} has moved from {Old} to {New}")]
        public static partial void Moved(ILogger logger, long accountId, string old, string @new);

        [LoggerMessage(2, LogLevel.Information, "Account {AccountId} was looked for at {Shard}, in vain: {Error}")]
        public static partial void NotFound(ILogger logger, long accountId, string shard, string error);
    }
}
