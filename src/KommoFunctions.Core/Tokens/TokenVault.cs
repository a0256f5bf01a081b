using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Security.KeyVault.Secrets;
using KommoFunctions.Failures;
using KommoFunctions.Intake;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Tokens;

/// <summary>A pair and the version of the vault's secret that holds it.</summary>
/// <param name="Tokens">The pair.</param>
/// <param name="Version">The version; null for a pair that is in the encrypted copy only.</param>
internal sealed record StoredTokens(AccountTokens Tokens, string? Version);

/// <summary>The accounts' tokens and the integration's secret in Key Vault: one secret an account, each pair a version of it.</summary>
internal sealed partial class TokenVault(SecretClient vault, TimeProvider time, ILogger<TokenVault> logger)
{
    private const string ExpiryTag = "expires";
    private const string GenerationTag = "generation";
    private const string FenceTag = "fence";

    private static readonly TimeSpan LongestStoreDelay = TimeSpan.FromSeconds(10);

    private string? _clientSecret;

    /// <exception cref="InvalidOperationException">The secret is not in the vault.</exception>
    public async Task<string> GetClientSecretAsync(CancellationToken cancellationToken) =>
        _clientSecret ?? await ReadClientSecretAsync(cancellationToken);

    /// <summary>The integration's secret as the vault has it now: it may have been replaced since it was read first.</summary>
    /// <exception cref="InvalidOperationException">The secret is not in the vault.</exception>
    public async Task<string> ReadClientSecretAsync(CancellationToken cancellationToken) => _clientSecret =
        await ReadTextAsync(IntegrationSecret.Name, cancellationToken) ?? throw new InvalidOperationException(
            $"The vault has no secret '{IntegrationSecret.Name}'. Store the integration's secret key from Kommo there.");

    /// <summary>The integration's secret of before, where one is kept while it is replaced.</summary>
    public Task<string?> ReadPreviousClientSecretAsync(CancellationToken cancellationToken) =>
        ReadTextAsync(SecretRing.PreviousOf(IntegrationSecret.Name), cancellationToken);

    /// <summary>The account's tokens as its secret has them now; null when it has none.</summary>
    public async Task<AccountTokens?> ReadAsync(long accountId, CancellationToken cancellationToken) =>
        (await FindAsync(accountId, version: null, cancellationToken))?.Tokens;

    /// <summary>The account's tokens of one version, the latest without one; null when there is none.</summary>
    public async Task<StoredTokens?> FindAsync(long accountId, string? version, CancellationToken cancellationToken)
    {
        try
        {
            var secret = (await vault.GetSecretAsync(NameOf(accountId), version, cancellationToken: cancellationToken)).Value;
            var tokens = JsonSerializer.Deserialize(secret.Value, AccountTokensJson.Default.AccountTokens)!;
            return new StoredTokens(tokens, secret.Properties.Version);
        }
        catch (RequestFailedException e) when (e.Status == 404 || IsDisabled(e))
        {
            // Somebody may have disabled the one on top: then the version that storage names counts.
            return null;
        }
    }

    /// <summary>The version that holds the newest pair of those that came after <paramref name="known"/>; found by the tags, no value is read.</summary>
    public async Task<string?> FindNewerVersionAsync(long accountId, TokenOrder known, CancellationToken cancellationToken)
    {
        (TokenOrder Order, string? Version) newest = (known, null);
        await foreach (var properties in vault.GetPropertiesOfSecretVersionsAsync(NameOf(accountId), cancellationToken))
        {
            if (properties.Enabled != false && OrderOf(properties) is { } order && order > newest.Order)
            {
                newest = (order, properties.Version);
            }
        }

        return newest.Version;
    }

    /// <summary>Stores a pair as a new version, once: a failure is the caller's to deal with.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="tokens">The pair.</param>
    /// <param name="cancellationToken">Ends the attempt; whether the pair is stored is not known then.</param>
    /// <returns>The version.</returns>
    public async Task<string> SetAsync(long accountId, AccountTokens tokens, CancellationToken cancellationToken)
    {
        var secret = new KeyVaultSecret(NameOf(accountId), JsonSerializer.Serialize(tokens, AccountTokensJson.Default.AccountTokens))
        {
            Properties =
            {
                ContentType = "application/json",
                Tags =
                {
                    [ExpiryTag] = tokens.ExpiresAt.ToString("O", CultureInfo.InvariantCulture),
                    [GenerationTag] = tokens.Generation.ToString(CultureInfo.InvariantCulture),
                    [FenceTag] = tokens.Fence.ToString(CultureInfo.InvariantCulture),
                },
            },
        };
        return (await vault.SetSecretAsync(secret, cancellationToken)).Value.Properties.Version;
    }

    /// <summary>
    /// Stores the account's tokens. It goes on trying, without a way to cancel it, since what it holds may be the only copy of a refresh token
    /// that works: it gives up only after <paramref name="patience"/>.
    /// </summary>
    public async Task<string> StoreAsync(long accountId, AccountTokens tokens, TimeSpan patience)
    {
        var start = time.GetTimestamp();
        for (var delay = TimeSpan.FromMilliseconds(200); ; delay = delay * 2 < LongestStoreDelay ? delay * 2 : LongestStoreDelay)
        {
            try
            {
                return await SetAsync(accountId, tokens, CancellationToken.None);
            }
            catch (Exception e) when (
                FailureClassifier.IsStorageAway(e) && time.GetElapsedTime(start) + delay < patience)
            {
                Log.NotStored(logger, accountId, tokens.Generation, delay, e);
                await Task.Delay(delay, time, CancellationToken.None);
            }
        }
    }

    /// <summary>Takes a version out of use: nothing can be read from it any more, and an operator can undo that.</summary>
    public async Task DisableAsync(long accountId, string version, CancellationToken cancellationToken)
    {
        try
        {
            await vault.UpdateSecretPropertiesAsync(Disabled(accountId, version), cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // The secret was deleted and is entered anew: there is nothing to disable.
        }
    }

    /// <summary>
    /// Counts the versions, and disables those before <paramref name="newest"/> that a crash or a lost answer has left enabled. The one on top stays, whatever
    /// pair it holds: a process that came late may have put an older one there, and a secret whose top is disabled cannot be read by its name.
    /// </summary>
    public async Task<int> SweepAsync(long accountId, TokenOrder newest, CancellationToken cancellationToken)
    {
        var versions = new List<SecretProperties>();
        await foreach (var properties in vault.GetPropertiesOfSecretVersionsAsync(NameOf(accountId), cancellationToken))
        {
            versions.Add(properties);
        }

        // The vault's times are whole seconds: of several that may be on top, all stay.
        var top = versions.Max(version => version.CreatedOn);
        foreach (var old in versions.Where(version => version.Enabled != false && version.CreatedOn < top && OrderOf(version) < newest))
        {
            await DisableAsync(accountId, old.Version, cancellationToken);
        }

        return versions.Count;
    }

    internal static string NameOf(long accountId) => string.Create(CultureInfo.InvariantCulture, $"kommo-account-{accountId}");

    private static bool IsDisabled(RequestFailedException e) =>
        e.Status == 403 && e.Message.Contains("SecretDisabled", StringComparison.Ordinal);

    private static SecretProperties Disabled(long accountId, string version) =>
        // The host of the id is not used: the request goes to the client's own vault.
        new(new Uri($"https://vault/secrets/{NameOf(accountId)}/{version}")) { Enabled = false };

    private static TokenOrder? OrderOf(SecretProperties properties) =>
        properties.Tags.TryGetValue(GenerationTag, out var generation) && long.TryParse(generation, CultureInfo.InvariantCulture, out var number)
            ? new(number, properties.Tags.TryGetValue(FenceTag, out var fence) && long.TryParse(fence, CultureInfo.InvariantCulture, out var f) ? f : 0)
            : null;

    private async Task<string?> ReadTextAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await vault.GetSecretAsync(name, cancellationToken: cancellationToken)).Value.Value;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The tokens of account {AccountId} (generation {Generation}) could not be stored; trying again in {Delay}")]
        public static partial void NotStored(ILogger logger, long accountId, long generation, TimeSpan delay, Exception exception);
    }
}
