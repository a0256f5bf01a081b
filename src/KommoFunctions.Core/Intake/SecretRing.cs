using System.Collections.Concurrent;
using System.Text;
using Azure;
using Azure.Security.KeyVault.Secrets;
using KommoFunctions.Failures;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Intake;

/// <summary>
/// A secret that requests are checked with, and the one before it: both are valid while one replaces the other. Cached, and renewed in the
/// background. A request is refused only under secrets that the vault was asked for after the request came, so that no cache refuses what a secret
/// has signed that was replaced a moment ago. All requests share these reads, of which there is at most one a second.
/// </summary>
internal sealed partial class SecretRing(SecretClient vault, string name, TimeProvider time, ILogger logger)
{
    /// <summary>The shortest time between two reads: anybody can make a request that needs one.</summary>
    public static readonly TimeSpan Spacing = TimeSpan.FromSeconds(1);

    /// <summary>How long a refusal is remembered. Short: an operator may bring a secret back that was replaced by mistake.</summary>
    public static readonly TimeSpan RefusedFor = TimeSpan.FromSeconds(30);

    private const int MaxRefused = 1000;

    private static readonly TimeSpan KeepFor = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan MaxReadTime = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private volatile Secrets? _secrets;
    private Task<Secrets>? _reading;
    private long? _lastRead;
    private int _reads;

    /// <summary>What the vault calls the secret that is being replaced.</summary>
    public static string PreviousOf(string name) => $"{name}-previous";

    /// <summary>Whether a request is proven by one of the valid secrets.</summary>
    /// <param name="isProven">Says so for some secrets. Check what has the wrong form before: it needs no secret.</param>
    /// <param name="remember">Names the proof, so that the same one is refused for a time without another read; null for one that comes once only.</param>
    /// <param name="cancellationToken">Ends the waiting, not the read.</param>
    /// <exception cref="RequestFailedException">The vault cannot be reached, so that it is not known.</exception>
    public async ValueTask<bool> AcceptsAsync(
        Func<IReadOnlyList<byte[]>, bool> isProven, string? remember, CancellationToken cancellationToken)
    {
        var begun = Volatile.Read(ref _reads);
        var secrets = await GetCachedAsync(cancellationToken);
        while (!isProven(secrets.Values))
        {
            if (secrets.Number > begun)
            {
                Remember(secrets, remember);
                return false;
            }

            if (IsRefused(secrets, remember))
            {
                return false;
            }

            secrets = await ReadAsync().WaitAsync(cancellationToken);
        }

        return true;
    }

    /// <summary>The valid secrets as they were read last, the current one first; empty when there is none.</summary>
    /// <exception cref="RequestFailedException">The vault cannot be reached and no secret was read before.</exception>
    public async ValueTask<IReadOnlyList<byte[]>> GetAsync(CancellationToken cancellationToken) => (await GetCachedAsync(cancellationToken)).Values;

    /// <summary>Reads the current secret from the vault; null when there is none. From here on this process accepts it.</summary>
    public async Task<byte[]?> ReadCurrentAsync(CancellationToken cancellationToken)
    {
        var current = await ReadAsync(name, cancellationToken);
        if (current is not null)
        {
            Adopt(current);
        }

        return current;
    }

    /// <summary>Has the secret accepted that was just entered.</summary>
    public void Adopt(byte[] current)
    {
        lock (_gate)
        {
            if (_secrets is { } known && !known.Values.Any(value => current.AsSpan().SequenceEqual(value)))
            {
                _secrets = known with { Values = [current, .. known.Values], Refused = new() };
            }
        }
    }

    private async ValueTask<Secrets> GetCachedAsync(CancellationToken cancellationToken)
    {
        if (_secrets is not { } secrets)
        {
            return await ReadAsync().WaitAsync(cancellationToken);
        }

        if (time.GetElapsedTime(secrets.ReadAt) > KeepFor)
        {
            _ = RenewAsync();
        }

        return secrets;
    }

    /// <summary>The read that runs or waits for its turn, or a new one.</summary>
    private Task<Secrets> ReadAsync()
    {
        lock (_gate)
        {
            return _reading is { IsCompleted: false } running ? running : _reading = ReadInTurnAsync(_lastRead);
        }
    }

    private async Task<Secrets> ReadInTurnAsync(long? last)
    {
        await Task.Yield();
        if (last is { } before && Spacing - time.GetElapsedTime(before) is var wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time);
        }

        using var timeout = new CancellationTokenSource(MaxReadTime, time);
        var (number, start) = (Interlocked.Increment(ref _reads), time.GetTimestamp());
        lock (_gate)
        {
            _lastRead = start;
        }

        var values = await Task.WhenAll(ReadAsync(name, timeout.Token), ReadAsync(PreviousOf(name), timeout.Token));
        lock (_gate)
        {
            var known = _secrets;
            if (known is null)
            {
                // The first one was not for a stranger's sake.
                _lastRead = null;
            }

            var read = new Secrets([.. values.OfType<byte[]>()], start, number, new());
            return _secrets = known is not null && read.HasValuesOf(known) ? read with { Refused = known.Refused } : read;
        }
    }

    private async Task RenewAsync()
    {
        try
        {
            await ReadAsync();
        }
        catch (Exception e) when (FailureClassifier.IsStorageAway(e) || e is OperationCanceledException)
        {
            Log.NotRenewed(logger, name, e);
        }
    }

    private bool IsRefused(Secrets secrets, string? proof) =>
        proof is not null && secrets.Refused.TryGetValue(proof, out var since) && time.GetElapsedTime(since) < RefusedFor;

    private void Remember(Secrets secrets, string? proof)
    {
        if (proof is null)
        {
            return;
        }

        if (secrets.Refused.Count >= MaxRefused)
        {
            secrets.Refused.Clear();
        }

        secrets.Refused[proof] = time.GetTimestamp();
    }

    private async Task<byte[]?> ReadAsync(string secret, CancellationToken cancellationToken)
    {
        try
        {
            return Encoding.UTF8.GetBytes((await vault.GetSecretAsync(secret, cancellationToken: cancellationToken)).Value.Value);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <param name="Values">The secrets.</param>
    /// <param name="ReadAt">When their read began.</param>
    /// <param name="Number">Which read it was.</param>
    /// <param name="Refused">What was refused under these values, and when.</param>
    private sealed record Secrets(IReadOnlyList<byte[]> Values, long ReadAt, int Number, ConcurrentDictionary<string, long> Refused)
    {
        public bool HasValuesOf(Secrets other) =>
            Values.Count == other.Values.Count && Values.Zip(other.Values).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The secret {Name} could not be read again; what was read before stays in use")]
        public static partial void NotRenewed(ILogger logger, string name, Exception exception);
    }
}
