using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Security.KeyVault.Secrets;
using KommoFunctions.Locks;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Intake;

/// <summary>
/// The root keys of the hook addresses, kept in Key Vault: <c>kommo-hook-key</c>, and during a rotation <c>kommo-hook-key-previous</c>
/// beside it; any long random text will do.
/// </summary>
internal sealed class HookKeyRing(SecretClient vault, LockStore locks, TimeProvider time, ILogger<HookKeyRing> logger)
{
    public const string CurrentSecret = "kommo-hook-key";

    private static readonly TimeSpan CreationTime = TimeSpan.FromSeconds(30);

    private readonly SecretRing _ring = new(vault, CurrentSecret, time, logger);

    public static string PreviousSecret => SecretRing.PreviousOf(CurrentSecret);

    /// <inheritdoc cref="SecretRing.AcceptsAsync"/>
    public ValueTask<bool> AcceptsAsync(Func<IReadOnlyList<byte[]>, bool> isProven, string? remember, CancellationToken cancellationToken) =>
        _ring.AcceptsAsync(isProven, remember, cancellationToken);

    /// <summary>The current key as it was read last; made when there is none yet.</summary>
    /// <exception cref="RequestFailedException">The vault cannot be reached and no keys were read before.</exception>
    public async ValueTask<byte[]> GetCurrentAsync(CancellationToken cancellationToken) =>
        await _ring.GetAsync(cancellationToken) is [var current, ..] ? current : await GetOrCreateCurrentAsync(cancellationToken);

    /// <summary>Reads the keys, so that no request waits for it.</summary>
    /// <exception cref="RequestFailedException">The vault cannot be reached and no keys were read before.</exception>
    public async Task WarmUpAsync(CancellationToken cancellationToken) => await _ring.GetAsync(cancellationToken);

    /// <summary>
    /// The key that new addresses are signed with, as the vault has it now; made when there is none yet. This process accepts it from here on, and
    /// any other one when it first meets it.
    /// </summary>
    public async Task<byte[]> GetOrCreateCurrentAsync(CancellationToken cancellationToken)
    {
        if (await _ring.ReadCurrentAsync(cancellationToken) is { } existing)
        {
            return existing;
        }

        await using var held = await locks.AcquireAsync("hook-key", "ring", CreationTime, CreationTime, cancellationToken);
        if (await _ring.ReadCurrentAsync(cancellationToken) is { } made)
        {
            return made;
        }

        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        await vault.SetSecretAsync(CurrentSecret, key, cancellationToken);
        var entered = Encoding.UTF8.GetBytes(key);
        _ring.Adopt(entered);
        return entered;
    }
}
