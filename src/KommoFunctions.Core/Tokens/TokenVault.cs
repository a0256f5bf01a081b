using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Tokens;

/// <summary>The accounts' tokens and the integration's secret in Key Vault: one secret an account.</summary>
internal sealed partial class TokenVault(SecretClient vault, TimeProvider time, ILogger<TokenVault> logger)
{
    private static readonly TimeSpan LongestStoreDelay = TimeSpan.FromSeconds(10);

    private string? _clientSecret;

    /// <exception cref="InvalidOperationException">The secret is not in the vault.</exception>
    public async Task<string> GetClientSecretAsync(CancellationToken cancellationToken)
    {
        if (_clientSecret is { } known)
        {
            return known;
        }

        try
        {
            return _clientSecret = (await vault.GetSecretAsync(IntegrationSecret.Name, cancellationToken: cancellationToken)).Value.Value;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            throw new InvalidOperationException(
                $"The vault has no secret '{IntegrationSecret.Name}'. Store the integration's secret key from Kommo there.", e);
        }
    }

    /// <summary>The account's tokens; null when it has none.</summary>
    public async Task<AccountTokens?> ReadAsync(long accountId, CancellationToken cancellationToken)
    {
        try
        {
            var secret = await vault.GetSecretAsync(NameOf(accountId), cancellationToken: cancellationToken);
            return JsonSerializer.Deserialize(secret.Value.Value, AccountTokensJson.Default.AccountTokens);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <summary>
    /// Stores the account's tokens. It goes on trying, without a way to cancel it, since what it holds may be the only copy of a refresh token
    /// that works: it gives up only after <paramref name="patience"/>.
    /// </summary>
    public async Task StoreAsync(long accountId, AccountTokens tokens, TimeSpan patience)
    {
        var secret = new KeyVaultSecret(NameOf(accountId), JsonSerializer.Serialize(tokens, AccountTokensJson.Default.AccountTokens))
        {
            Properties =
            {
                ContentType = "application/json",
                Tags =
                {
                    ["expires"] = tokens.ExpiresAt.ToString("O", CultureInfo.InvariantCulture),
                    ["generation"] = tokens.Generation.ToString(CultureInfo.InvariantCulture),
                },
            },
        };
        var start = time.GetTimestamp();
        for (var delay = TimeSpan.FromMilliseconds(200); ; delay = delay * 2 < LongestStoreDelay ? delay * 2 : LongestStoreDelay)
        {
            try
            {
                await vault.SetSecretAsync(secret, CancellationToken.None);
                return;
            }
            catch (Exception e) when (
                e is RequestFailedException or AggregateException or Azure.Identity.AuthenticationFailedException
                && time.GetElapsedTime(start) + delay < patience)
            {
                Log.NotStored(logger, accountId, tokens.Generation, delay, e);
                await Task.Delay(delay, time, CancellationToken.None);
            }
        }
    }

    internal static string NameOf(long accountId) => string.Create(CultureInfo.InvariantCulture, $"kommo-account-{accountId}");

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The tokens of account {AccountId} (generation {Generation}) could not be stored; trying again in {Delay}")]
        public static partial void NotStored(ILogger logger, long accountId, long generation, TimeSpan delay, Exception exception);
    }
}
