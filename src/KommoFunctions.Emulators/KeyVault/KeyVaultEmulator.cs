using System.Security.Cryptography.X509Certificates;
using KommoFunctions.Emulators.Files;
using KommoFunctions.Emulators.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace KommoFunctions.Emulators.KeyVault;

/// <summary>
/// The secrets part of an Azure Key Vault over HTTPS on 127.0.0.1, for the unmodified
/// <c>Azure.Security.KeyVault.Secrets.SecretClient</c>. It challenges as the real one and then takes any bearer token: the
/// client needs <c>DisableChallengeResourceVerification</c>, a credential that yields some token, and a transport that
/// accepts <see cref="Certificate"/>.
/// </summary>
public sealed class KeyVaultEmulator : IAsyncDisposable
{
    private readonly LoopbackServer _server;
    private readonly KeyVaultHandler _handler;
    private readonly FaultQueue _faults;
    private readonly LoopbackCertificate _certificate;
    private readonly FileStream? _lease;

    private KeyVaultEmulator(
        LoopbackServer server,
        KeyVaultHandler handler,
        FaultQueue faults,
        KeyVaultStatistics statistics,
        LoopbackCertificate certificate,
        FileStream? lease)
    {
        _server = server;
        _handler = handler;
        _faults = faults;
        _certificate = certificate;
        _lease = lease;
        Statistics = statistics;
        Uri = new Uri($"https://127.0.0.1:{server.Ports[0]}/");
    }

    /// <summary>The vault's address.</summary>
    public Uri Uri { get; }

    /// <summary>
    /// The certificate that it presents now, without its key. With a data folder it is also there, as
    /// <c>certificate.pem</c>. It is replaced 30 days before it expires.
    /// </summary>
    public X509Certificate2 Certificate => X509CertificateLoader.LoadCertificate(_certificate.Current.RawDataMemory.Span);

    /// <summary>Counts of the requests so far.</summary>
    public KeyVaultStatistics Statistics { get; }

    /// <summary>Whether the vault answers. While <see langword="false"/>, every request gets 503. Default <see langword="true"/>.</summary>
    public bool Available
    {
        get => _handler.Available;
        set => _handler.Available = value;
    }

    /// <summary>How long each request takes before the vault acts. Default nothing: a real one takes some tens of milliseconds.</summary>
    public TimeSpan Latency
    {
        get => _handler.Latency;
        set => _handler.Latency = value;
    }

    /// <summary>Is called when the vault has acted on a request, before it answers, with the secret's name. Default nothing.</summary>
    public Action<KeyVaultOperation, string>? Acted
    {
        get => _handler.Acted;
        set => _handler.Acted = value;
    }

    /// <summary>Starts the vault, with the secrets of its data folder.</summary>
    /// <exception cref="PortTakenException">The fixed port is in use.</exception>
    /// <exception cref="IOException">The data folder is in use by another emulator.</exception>
    /// <exception cref="InvalidDataException">A file in the data folder is damaged.</exception>
    public static async Task<KeyVaultEmulator> StartAsync(KeyVaultEmulatorOptions options, CancellationToken cancellationToken)
    {
        var folder = options.DataFolder is { } path ? Directory.CreateDirectory(path).FullName : null;
        var lease = folder is null ? null : TakeLease(folder);
        var certificate = new LoopbackCertificate(folder, options.TimeProvider);
        try
        {
            var store = new SecretStore(folder is null ? null : new SecretFiles(folder), options.TransitionTime, options.TimeProvider);
            var faults = new FaultQueue();
            var statistics = new KeyVaultStatistics();
            var handler = new KeyVaultHandler(store, faults, statistics, options.TimeProvider);
            _ = certificate.Current;
            var https = new HttpsConnectionAdapterOptions { ServerCertificateSelector = (_, _) => certificate.Current };
            var server = await LoopbackServer.StartAsync(
                [new LoopbackEndpoint(options.Port, "the Key Vault emulator", listen => listen.UseHttps(https))],
                handler.HandleAsync,
                cancellationToken);
            return new KeyVaultEmulator(server, handler, faults, statistics, certificate, lease);
        }
        catch
        {
            certificate.Dispose();
            lease?.Dispose();
            throw;
        }
    }

    /// <summary>Lets the next matching requests fail. Faults are used up in the order in which they were added.</summary>
    public void FailNext(KeyVaultFault fault) => _faults.Add(fault);

    /// <summary>Lets the next request of one operation fail with a status, once.</summary>
    public void FailNext(KeyVaultOperation operation, int statusCode) =>
        FailNext(new KeyVaultFault { Operation = operation, StatusCode = statusCode });

    /// <summary>Forgets the failures still to come.</summary>
    public void ClearFaults() => _faults.Clear();

    /// <summary>Stops the vault. What was answered is on disk already.</summary>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _certificate.Dispose();
        if (_lease is not null)
        {
            await _lease.DisposeAsync();
        }
    }

    private static FileStream TakeLease(string folder) =>
        ExclusiveFile.TryOpen(Path.Combine(folder, ".keyvault.lock"))
        ?? throw new IOException($"The data folder {folder} is in use by another Key Vault emulator.");
}
