using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace TableRateLimiting.Load.Receiver;

/// <summary>
/// As little of an HTTP/1.1 server as can take <c>GET /{sender}/{asked}/{granted}</c>, so that nothing stands between a
/// request and its time stamp: one thread for each connection, which sleeps in the system's receive call and reads the clock
/// when that returns. A web server would put its polling thread and the thread pool's queue in between.
/// </summary>
internal sealed class ArrivalListener : IDisposable
{
    private const int StackSize = 256 * 1024;

    private readonly ArrivalLog _log;
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ArrivalListener(ArrivalLog log)
    {
        _log = log;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(512);
        new Thread(Accept) { IsBackground = true, Name = "accept" }.Start();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}/");

    public void Dispose() => _listener.Dispose();

    private static ReadOnlySpan<byte> HeadersEnd => "\r\n\r\n"u8;

    private static ReadOnlySpan<byte> Answer => "HTTP/1.1 204 No Content\r\n\r\n"u8;

    private void Accept()
    {
        try
        {
            while (true)
            {
                var connection = _listener.Accept();
                connection.NoDelay = true;
                new Thread(() => Serve(connection), StackSize) { IsBackground = true, Name = "connection" }.Start();
            }
        }
        catch (SocketException stopped) when (stopped.SocketErrorCode is SocketError.OperationAborted or SocketError.Interrupted)
        {
            // Disposed: the run is over.
        }
    }

    private void Serve(Socket connection)
    {
        var buffer = new byte[4096];
        var length = 0;
        var at = 0L;
        using (connection)
        {
            try
            {
                while (connection.Receive(buffer.AsSpan(length)) is var received and > 0)
                {
                    at = length == 0 ? Clock.Now : at;
                    length += received;
                    var request = buffer.AsSpan(0, length);
                    if (request.EndsWith(HeadersEnd))
                    {
                        Note(request, at);
                        connection.Send(Answer);
                        length = 0;
                    }
                }
            }
            catch (SocketException)
            {
                // A killed sender leaves a reset connection behind.
            }
        }
    }

    /// <summary>A negative sender is one that warms up.</summary>
    private void Note(ReadOnlySpan<byte> request, long at)
    {
        var rest = request["GET ".Length..];
        var (sender, asked, granted) = (Next(ref rest), Next(ref rest), Next(ref rest));
        if (sender >= 0)
        {
            _log.Add(at, (int)sender, asked, granted);
        }
    }

    /// <summary>The number behind the next separator.</summary>
    private static long Next(ref ReadOnlySpan<byte> rest)
    {
        if (!Utf8Parser.TryParse(rest[1..], out long number, out var used))
        {
            throw new LoadException("The receiver was asked for something unknown.");
        }

        rest = rest[(1 + used)..];
        return number;
    }
}
