using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Kommo.Tests.Support;

/// <summary>A proxy that opens tunnels (RFC 9110, CONNECT), all of them to this machine.</summary>
internal sealed class TunnelProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentBag<Task> _open = [];
    private readonly Task _accepting;
    private int _tunnels;

    public TunnelProxy()
    {
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    public int Tunnels => _tunnels;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_open).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            _open.Add(TunnelAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
    }

    private async Task TunnelAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            var buffer = new byte[4096];
            var length = 0;
            while (!buffer.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
            {
                length += await client.GetStream().ReadAsync(buffer.AsMemory(length), _end.Token);
            }

            var port = int.Parse(Encoding.Latin1.GetString(buffer, 0, length).Split(' ')[1].Split(':')[1], null);
            await server.ConnectAsync(IPAddress.Loopback, port, _end.Token);
            Interlocked.Increment(ref _tunnels);
            await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), _end.Token);
            await Task.WhenAny(
                client.GetStream().CopyToAsync(server.GetStream(), _end.Token), server.GetStream().CopyToAsync(client.GetStream(), _end.Token));
        }
    }
}
