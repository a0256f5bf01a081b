using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace KommoFunctions.Receiver;

/// <summary>Kommo's side: a host behind TLS that delays handshakes, notes when requests arrive, and may close connections.</summary>
internal sealed class TlsReceiver : IAsyncDisposable
{
    private static readonly byte[] Answer = Encoding.Latin1.GetBytes(
        "HTTP/1.1 200 OK\r\nContent-Type: application/hal+json\r\nContent-Length: 8\r\n\r\n{\"id\":1}");

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate = CreateCertificate();
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<Task, bool> _connections = new();
    private readonly Task _accepting;

    public TlsReceiver()
    {
        _listener.Start(backlog: 512);
        Address = new Uri($"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    public ArrivalLog Arrivals { get; } = new();

    /// <summary>How much longer a new connection takes.</summary>
    public TimeSpan Handshake { get; set; }

    /// <summary>How probable it is that a connection is closed after an answer; half as probable: instead of one.</summary>
    public double ClosingProbability { get; set; }

    /// <summary>What is compiled at its first use would make arrivals look later than they are.</summary>
    public async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is { Subject: "CN=localhost" } } };
        using var http = new HttpClient(handler) { BaseAddress = Address };
        for (var round = 0; round < 20; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => http.GetStringAsync("", cancellationToken)));
        }

        Arrivals.Summarize();
        Arrivals.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_connections.Keys);
        _certificate.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var serving = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
            _connections.TryAdd(serving, true);
            _ = serving.ContinueWith(done => _connections.TryRemove(done, out _), TaskScheduler.Default);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                client.NoDelay = true;
                await Task.Delay(Handshake, TimeProvider.System, _end.Token);
                await using var tls = new SslStream(client.GetStream());
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _end.Token);
                await ServeAsync(tls);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or System.Security.Authentication.AuthenticationException)
        {
            // The caller hung up, as one does that is killed at the end of a run.
        }
    }

    /// <summary>Requests have no body: a head ends with an empty line.</summary>
    private async Task ServeAsync(Stream stream)
    {
        var buffer = new byte[16 * 1024];
        var length = 0;
        while (await stream.ReadAsync(buffer.AsMemory(length), _end.Token) is > 0 and var read)
        {
            length += read;
            if (!buffer.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
            {
                continue;
            }

            Arrivals.Arrived();
            length = 0;
            var chance = Random.Shared.NextDouble();
            if (chance < ClosingProbability / 2)
            {
                return;
            }

            await stream.WriteAsync(Answer, _end.Token);
            if (chance < ClosingProbability * 3 / 2)
            {
                return;
            }
        }
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var created = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(created.ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, password: null), password: null);
    }
}
