using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Security.KeyVault.Secrets;
using KommoFunctions.Storage;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Intake;

/// <summary>
/// The root keys of the hook addresses, kept in Key Vault: <c>kommo-hook-key</c>, and during a rotation <c>kommo-hook-key-previous</c>
/// beside it; any long random text will do.
/// </summary>
internal sealed class HookKeyRing(SecretClient vault, RowLeases locks, TimeProvider time, ILogger<HookKeyRing> logger)
{
    public const string CurrentSecret = "kommo-hook-key";

    private static readonly TimeSpan CreationTime = TimeSpan.FromSeconds(30);

    private readonly SecretRing _ring = new(vault, CurrentSecret, time, logger);

    public static string PreviousSecret => SecretRing.PreviousOf(CurrentSecret);

    /// <summary>The keys that addresses may be signed with, the current one first; empty when none was ever made.</summary>
    /// <exception cref="RequestFailedException">The vault cannot be reached and no keys were read before.</exception>
    public ValueTask<IReadOnlyList<byte[]>> GetAsync(CancellationToken cancellationToken) => _ring.GetAsync(cancellationToken);

    /// <summary>The key that new addresses are signed with; made when there is none yet.</summary>
    public async Task<byte[]> GetOrCreateCurrentAsync(CancellationToken cancellationToken)
    {
        if (await _ring.ReadCurrentAsync(cancellationToken) is { } existing)
        {
            return existing;
        }

        await using var held = await locks.AcquireAsync<NoState>("hook-key", "ring", CreationTime, CreationTime, cancellationToken);
        if (await _ring.ReadCurrentAsync(cancellationToken) is { } made)
        {
            return made;
        }

        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        await vault.SetSecretAsync(CurrentSecret, key, cancellationToken);
        _ring.Forget();
        return Encoding.UTF8.GetBytes(key);
    }
}
