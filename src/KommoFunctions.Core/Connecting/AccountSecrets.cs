using Azure;
using Azure.Security.KeyVault.Secrets;
using KommoFunctions.Tokens;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Connecting;

/// <summary>
/// Deletes the secret of an account that was removed, and brings it back for one that is connected again. The vault keeps a deleted
/// secret and does not let its name be used meanwhile (Key Vault: soft delete), so it has to be recovered first.
/// </summary>
internal sealed partial class AccountSecrets(SecretClient vault, TokenVault tokens, TokenCopies copies, ILogger<AccountSecrets> logger)
{
    private const int Attempts = 5;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Stores the tokens of an account that is being connected: they may be the only copy of a refresh token, so nothing cancels it. A deletion or a
    /// recovery takes the vault some seconds, during which it refuses both the name and the recovery.
    /// </summary>
    /// <exception cref="RequestFailedException">The vault is away, or still refuses.</exception>
    public async Task<StoredTokens> StoreAsync(long accountId, Func<AccountTokens?, AccountTokens> create)
    {
        for (var attempt = 1; ; attempt++)
        {
            var previous = await tokens.ReadAsync(accountId, CancellationToken.None);
            if (previous is null && await RecoverAsync(accountId))
            {
                previous = await tokens.ReadAsync(accountId, CancellationToken.None);
            }

            try
            {
                var renewed = create(previous);
                return new StoredTokens(renewed, await tokens.StoreAsync(accountId, renewed, Patience));
            }
            catch (RequestFailedException e) when (e.Status == 409 && attempt < Attempts)
            {
                Log.Conflict(logger, accountId, e.ErrorCode);
            }
        }
    }

    /// <summary>
    /// Deletes the account's secret with all its versions, and what of it is still on its way into the vault. Whether it is purged is the vault's
    /// business. Repeating it is harmless.
    /// </summary>
    public async Task DeleteAsync(long accountId, CancellationToken cancellationToken)
    {
        await copies.DeleteAsync(accountId, new TokenOrder(long.MaxValue, long.MaxValue), cancellationToken);
        try
        {
            var deletion = await vault.StartDeleteSecretAsync(NameOf(accountId), cancellationToken);
            await deletion.WaitForCompletionAsync(Poll, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // There is none, or no more.
        }
    }

    /// <summary>Brings a deleted secret back, with all its versions.</summary>
    /// <returns>False when it is not a deleted one, or not yet.</returns>
    public async Task<bool> RecoverAsync(long accountId)
    {
        try
        {
            var recovery = await vault.StartRecoverDeletedSecretAsync(NameOf(accountId), CancellationToken.None);
            await recovery.WaitForCompletionAsync(Poll, CancellationToken.None);
            Log.Recovered(logger, accountId);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409)
        {
            // The secret is not a deleted one; or it is still being deleted or recovered, which storing it will tell.
            return false;
        }
    }

    private static string NameOf(long accountId) => TokenVault.NameOf(accountId);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The secret of account {AccountId} had been deleted; it is recovered")]
        public static partial void Recovered(ILogger logger, long accountId);

        [LoggerMessage(2, LogLevel.Warning, "The vault does not take the secret of account {AccountId} yet ({Code}); trying again")]
        public static partial void Conflict(ILogger logger, long accountId, string? code);
    }
}
