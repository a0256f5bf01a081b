using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Security.KeyVault.Secrets;
using KommoFunctions.Locks;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Intake;

/// <summary>
/// The root keys of the hook addresses, kept in Key Vault: <c>kommo-hook-key</c>, and during a rotation <c>kommo-hook-key-previous</c>
/// beside it; any long random text will do. Read once and renewed in the background, so that no hook waits for the vault but the first ones of a process.
/// </summary>
internal sealed partial class HookKeyRing(SecretClient vault, LockStore locks, TimeProvider time, ILogger<HookKeyRing> logger)
{
    public const string CurrentSecret = "kommo-hook-key";
    public const string PreviousSecret = "kommo-hook-key-previous";

    private static readonly TimeSpan KeepFor = TimeSpan.FromMinutes(10);
    /// <summary>Short, since another instance may connect the first account at any moment; but anybody can make a request.</summary>
    private static readonly TimeSpan KeepEmptyFor = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan CreationTime = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private volatile KeySet? _keys;
    private Task<KeySet>? _loading;

    /// <summary>The keys that addresses may be signed with, the current one first; empty when none was ever made.</summary>
    /// <exception cref="RequestFailedException">The vault cannot be reached and no keys were read before.</exception>
    public async ValueTask<IReadOnlyList<byte[]>> GetAsync(CancellationToken cancellationToken)
    {
        var keys = _keys;
        if (keys is null || (keys.Keys.Count == 0 && time.GetElapsedTime(keys.ReadAt) > KeepEmptyFor))
        {
            keys = await LoadAsync().WaitAsync(cancellationToken);
        }
        else if (time.GetElapsedTime(keys.ReadAt) > KeepFor)
        {
            _ = RenewAsync();
        }

        return keys.Keys;
    }

    /// <summary>The key that new addresses are signed with; made when there is none yet.</summary>
    public async Task<byte[]> GetOrCreateCurrentAsync(CancellationToken cancellationToken)
    {
        if (await ReadAsync(CurrentSecret, cancellationToken) is { } existing)
        {
            return existing;
        }

        await using var held = await locks.AcquireAsync("hook-key", "ring", CreationTime, CreationTime, cancellationToken);
        if (await ReadAsync(CurrentSecret, cancellationToken) is { } made)
        {
            return made;
        }

        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        await vault.SetSecretAsync(CurrentSecret, key, cancellationToken);
        _keys = null;
        return Encoding.UTF8.GetBytes(key);
    }

    private Task<KeySet> LoadAsync()
    {
        lock (_gate)
        {
            return _loading is { IsFaulted: false, IsCanceled: false, IsCompleted: false } running ? running : _loading = LoadCoreAsync();
        }
    }

    private async Task<KeySet> LoadCoreAsync()
    {
        var current = ReadAsync(CurrentSecret, CancellationToken.None);
        var previous = ReadAsync(PreviousSecret, CancellationToken.None);
        var keys = new List<byte[]>(2);
        foreach (var key in await Task.WhenAll(current, previous))
        {
            if (key is not null)
            {
                keys.Add(key);
            }
        }

        var set = new KeySet(keys, time.GetTimestamp());
        _keys = set;
        return set;
    }

    private async Task RenewAsync()
    {
        try
        {
            await LoadAsync();
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException or Azure.Identity.AuthenticationFailedException)
        {
            Log.NotRenewed(logger, e);
        }
    }

    private async Task<byte[]?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var secret = await vault.GetSecretAsync(name, cancellationToken: cancellationToken);
            return Encoding.UTF8.GetBytes(secret.Value.Value);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    private sealed record KeySet(IReadOnlyList<byte[]> Keys, long ReadAt);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The hook keys could not be read again; the ones read before stay in use")]
        public static partial void NotRenewed(ILogger logger, Exception exception);
    }
}
