using System.Text;
using Azure;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Intake;

/// <summary>
/// A secret that requests are checked with, and the one before it: both are valid while one replaces the other. Read once and renewed in the
/// background, so that no request waits for the vault but the first ones of a process.
/// </summary>
internal sealed partial class SecretRing(SecretClient vault, string name, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan KeepFor = TimeSpan.FromMinutes(10);

    /// <summary>Short, since another instance or an operator may enter the first one at any moment; but anybody can make a request.</summary>
    private static readonly TimeSpan KeepEmptyFor = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private volatile Secrets? _secrets;
    private Task<Secrets>? _loading;

    /// <summary>What the vault calls the secret that is being replaced.</summary>
    public static string PreviousOf(string name) => $"{name}-previous";

    /// <summary>The valid secrets, the current one first; empty when there is none.</summary>
    /// <exception cref="RequestFailedException">The vault cannot be reached and no secret was read before.</exception>
    public async ValueTask<IReadOnlyList<byte[]>> GetAsync(CancellationToken cancellationToken)
    {
        var secrets = _secrets;
        if (secrets is null || (secrets.Values.Count == 0 && time.GetElapsedTime(secrets.ReadAt) > KeepEmptyFor))
        {
            secrets = await LoadAsync().WaitAsync(cancellationToken);
        }
        else if (time.GetElapsedTime(secrets.ReadAt) > KeepFor)
        {
            _ = RenewAsync();
        }

        return secrets.Values;
    }

    /// <summary>Reads the current secret from the vault; null when there is none.</summary>
    public Task<byte[]?> ReadCurrentAsync(CancellationToken cancellationToken) => ReadAsync(name, cancellationToken);

    /// <summary>Has the secrets read again: one was just entered.</summary>
    public void Forget() => _secrets = null;

    private Task<Secrets> LoadAsync()
    {
        lock (_gate)
        {
            return _loading is { IsCompleted: false } running ? running : _loading = LoadCoreAsync();
        }
    }

    private async Task<Secrets> LoadCoreAsync()
    {
        var values = await Task.WhenAll(ReadAsync(name, CancellationToken.None), ReadAsync(PreviousOf(name), CancellationToken.None));
        return _secrets = new Secrets([.. values.OfType<byte[]>()], time.GetTimestamp());
    }

    private async Task RenewAsync()
    {
        try
        {
            await LoadAsync();
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException or Azure.Identity.AuthenticationFailedException)
        {
            Log.NotRenewed(logger, name, e);
        }
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

    private sealed record Secrets(IReadOnlyList<byte[]> Values, long ReadAt);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The secret {Name} could not be read again; what was read before stays in use")]
        public static partial void NotRenewed(ILogger logger, string name, Exception exception);
    }
}
