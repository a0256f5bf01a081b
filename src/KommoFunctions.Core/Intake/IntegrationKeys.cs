using System.Globalization;
using Azure.Security.KeyVault.Secrets;
using KommoFunctions.Chats;
using KommoFunctions.Tokens;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Intake;

/// <summary>What Kommo signs with: the integration's secret, and the secret of its chat channel. Each with the one before it.</summary>
internal sealed class IntegrationKeys(SecretClient vault, TimeProvider time, ILogger<IntegrationKeys> logger)
{
    /// <summary>Signs Salesbot's tokens, the uninstall hook, and hooks that carry a signature.</summary>
    public SecretRing Client { get; } = new(vault, IntegrationSecret.Name, time, logger);

    /// <summary>Signs the hooks of the Chats API.</summary>
    public SecretRing Channel { get; } = new(vault, ChatSecret.Name, time, logger);

    /// <summary>Whether Kommo signed the account's id.</summary>
    public async ValueTask<bool> IsOfAccountAsync(string clientId, long accountId, string? signature, CancellationToken cancellationToken) =>
        HexSignature.HasFormOfAccount(signature)
        && await Client.AcceptsAsync(
            secrets => HexSignature.IsOfAccount(secrets, clientId, accountId, signature),
            string.Create(CultureInfo.InvariantCulture, $"{clientId}|{accountId}|{signature}"),
            cancellationToken);
}
