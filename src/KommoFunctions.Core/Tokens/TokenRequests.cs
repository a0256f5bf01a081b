using Kommo;
using Kommo.OAuth;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Tokens;

/// <summary>Spends refresh tokens at Kommo: a lost answer is asked for again with the same token, and a refusal is looked at twice.</summary>
internal sealed partial class TokenRequests(
    OAuthClients clients, TokenVault vault, IOptions<TokenOptions> options, ILogger<TokenRequests> logger)
{
    /// <summary>Reads what a request needs, so that nothing but the request itself comes after the intent.</summary>
    public Task<string> PrepareAsync(CancellationToken cancellationToken) => vault.GetClientSecretAsync(cancellationToken);

    /// <exception cref="KommoGrantRejectedException">Kommo refuses this refresh token.</exception>
    /// <exception cref="KommoIntegrationRejectedException">Kommo refuses the integration's id, secret or redirect address: the token may be good.</exception>
    /// <exception cref="NotNowException">The lock has passed to another process.</exception>
    /// <exception cref="KommoException">Kommo failed, blocks, or was not reached: the token may still be good.</exception>
    public async Task<TokenGrant> SpendAsync(RowLease<RotationState> held, long accountId, Uri address, string refreshToken)
    {
        var secret = await vault.GetClientSecretAsync(CancellationToken.None);
        try
        {
            return await AskTwiceAsync(held, accountId, address, refreshToken);
        }
        catch (Exception e) when (e is KommoGrantRejectedException or KommoIntegrationRejectedException)
        {
            // The integration's secret may have been replaced since this process read it.
            if (await vault.ReadClientSecretAsync(CancellationToken.None) == secret)
            {
                throw;
            }

            Log.SecretReplaced(logger, accountId);
            return await AskTwiceAsync(held, accountId, address, refreshToken);
        }
    }

    private async Task<TokenGrant> AskTwiceAsync(RowLease<RotationState> held, long accountId, Uri address, string refreshToken)
    {
        try
        {
            return await AskAsync(held, accountId, address, refreshToken);
        }
        catch (KommoException e) when (e.Fate == RequestFate.Unknown)
        {
            // The pair may have been issued and lost on its way. Kommo keeps the old refresh token until the new one is used.
            Log.AnswerLost(logger, accountId, e);
            return await AskAsync(held, accountId, address, refreshToken);
        }
    }

    /// <summary>The lock is held anew right before the request, for longer than the request and its permit can take.</summary>
    private async Task<TokenGrant> AskAsync(RowLease<RotationState> held, long accountId, Uri address, string refreshToken)
    {
        var client = await clients.CreateAsync(accountId, address, CancellationToken.None);
        if (held.Left < options.Value.LockTime * 0.75)
        {
            await held.SaveAsync(held.State, CancellationToken.None);
        }

        return await client.RefreshAsync(refreshToken, CancellationToken.None);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The answer to a token request of account {AccountId} was lost; asking again with the same refresh token")]
        public static partial void AnswerLost(ILogger logger, long accountId, Exception exception);

        [LoggerMessage(2, LogLevel.Warning, "Kommo refused a token request of account {AccountId}, and the integration's secret in the vault is a new one; asking again with that")]
        public static partial void SecretReplaced(ILogger logger, long accountId);
    }
}
