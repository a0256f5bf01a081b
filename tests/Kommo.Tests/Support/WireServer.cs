using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Kommo.Tests.Support;

/// <summary>What came over a connection: the head of a request, as a rule.</summary>
/// <param name="Connection">The connection's number, from 1.</param>
/// <param name="Number">The request's number on it, from 1.</param>
/// <param name="Head">The request line and the headers.</param>
/// <param name="At">When its head was there, as a timestamp.</param>
internal sealed record WireRequest(int Connection, int Number, string Head, long At);

/// <summary>A server without an HTTP stack, for what a real one does not do on demand: closing a connection instead of answering, answering too early.</summary>
internal sealed class WireServer : IAsyncDisposable
{
    public const string Ok = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n{\"id\":1}";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<WireRequest> _requests = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Func<WireRequest, string?> _answer;
    private readonly Task _accepting;
    private int _count;

    /// <param name="answer">The answer to the head of a request, before its body is read; null closes the connection.</param>
    public WireServer(Func<WireRequest, string?>? answer = null)
    {
        _answer = answer ?? (_ => Ok);
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    public IReadOnlyList<WireRequest> Requests => [.. _requests];

    public int Connections => _count;

    /// <summary>The greatest number of requests that arrived within one second.</summary>
    public int BusiestSecond()
    {
        var arrivals = _requests.Select(request => request.At).Order().ToList();
        return arrivals.Count == 0 ? 0 : arrivals.Max(
            first => arrivals.Count(at => at >= first && TimeProvider.System.GetElapsedTime(first, at) < TimeSpan.FromSeconds(1)));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_connections).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync(_end.Token);
            _connections.Add(ServeAsync(client, Interlocked.Increment(ref _count)));
        }
    }

    private async Task ServeAsync(TcpClient client, int connection)
    {
        using (client)
        {
            client.NoDelay = true;
            using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
            for (var number = 1; await ReadHeadAsync(reader) is { } head; number++)
            {
                var request = new WireRequest(connection, number, head, TimeProvider.System.GetTimestamp());
                _requests.Enqueue(request);
                if (_answer(request) is not { } answer)
                {
                    return;
                }

                await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(answer), _end.Token);
                if (answer.StartsWith("HTTP/1.1 100", StringComparison.Ordinal))
                {
                    await SkipBodyAsync(reader, head);
                    await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(Ok), _end.Token);
                }
                else
                {
                    await SkipBodyAsync(reader, head);
                }
            }
        }
    }

    private async Task<string?> ReadHeadAsync(StreamReader reader)
    {
        var head = new StringBuilder();
        while (await reader.ReadLineAsync(_end.Token) is { } line)
        {
            if (line.Length == 0)
            {
                return head.ToString();
            }

            head.Append(line).Append('\n');
        }

        return null;
    }

    private async Task SkipBodyAsync(StreamReader reader, string head)
    {
        const string Name = "\nContent-Length: ";
        var at = head.IndexOf(Name, StringComparison.Ordinal);
        var left = at < 0 ? 0 : int.Parse(head[(at + Name.Length)..].Split('\n')[0], null);
        var buffer = new char[8192];
        while (left > 0 && await reader.ReadAsync(buffer.AsMemory(0, Math.Min(left, buffer.Length)), _end.Token) is > 0 and var read)
        {
            left -= read;
        }
    }
}
