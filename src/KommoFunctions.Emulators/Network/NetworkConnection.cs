using System.Net;
using System.Net.Sockets;

namespace KommoFunctions.Emulators.Network;

/// <summary>One connection through the proxy: two sockets, and the bytes between them.</summary>
internal sealed class NetworkConnection(Socket caller, int backendPort, NetworkFaults faults, TimeProvider time) : IDisposable
{
    private const int PieceSize = 16 * 1024;

    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly CancellationTokenSource _ended = new();
    private long _answered;

    /// <summary>Moves bytes until one side hangs up or the connection is reset.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token, cancellationToken);
        if (!faults.Enter(this))
        {
            Reset(caller);
            return;
        }

        try
        {
            await faults.WhenMovingAsync(either.Token);
            await _server.ConnectAsync(IPAddress.Loopback, backendPort, either.Token);
            await Task.WhenAll(
                OrResetAsync(MoveAsync(caller, _server, areAnswers: false, either.Token)),
                OrResetAsync(MoveAsync(_server, caller, areAnswers: true, either.Token)));
        }
        catch (Exception e) when (IsEnd(e))
        {
            Reset(caller);
            Reset(_server);
        }
        finally
        {
            faults.Leave(this);
        }
    }

    /// <summary>Both sides see a reset, as when a router between them forgets the connection.</summary>
    public void Reset()
    {
        try
        {
            _ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself meanwhile.
        }
    }

    /// <summary>Begins to count what the caller receives anew.</summary>
    public void CountFromHere() => Interlocked.Exchange(ref _answered, 0);

    public void Dispose()
    {
        caller.Dispose();
        _server.Dispose();
        _ended.Dispose();
    }

    private async Task MoveAsync(Socket from, Socket to, bool areAnswers, CancellationToken cancellationToken)
    {
        var piece = new byte[PieceSize];
        while (true)
        {
            var length = await from.ReceiveAsync(piece, SocketFlags.None, cancellationToken);
            await DelayAsync(cancellationToken);
            if (length == 0)
            {
                to.Shutdown(SocketShutdown.Send);
                return;
            }

            var cut = areAnswers ? LeftToAnswer(length) : length;
            await SendAsync(to, piece.AsMemory(0, cut), cancellationToken);
            if (cut < length)
            {
                // Closed rather than reset: a reset could overtake the half that is on its way.
                caller.Close();
                throw new OperationCanceledException();
            }
        }
    }

    /// <summary>The other way waits for a side that may never speak again, so the end of one is the end of both.</summary>
    private async Task OrResetAsync(Task moving)
    {
        try
        {
            await moving;
        }
        catch (Exception e) when (IsEnd(e))
        {
            Reset();
            throw;
        }
    }

    private async Task DelayAsync(CancellationToken cancellationToken)
    {
        if (faults.Latency is { Ticks: > 0 } latency)
        {
            await Task.Delay(latency, time, cancellationToken);
        }

        await faults.WhenMovingAsync(cancellationToken);
    }

    /// <summary>How much of a piece the caller is to receive.</summary>
    private int LeftToAnswer(int length)
    {
        var before = Interlocked.Add(ref _answered, length) - length;
        return faults.CutAnswersAfter is { } most ? (int)Math.Clamp(most - before, 0, length) : length;
    }

    private static bool IsEnd(Exception e) => e is SocketException or OperationCanceledException or ObjectDisposedException;

    private static async Task SendAsync(Socket to, ReadOnlyMemory<byte> piece, CancellationToken cancellationToken)
    {
        while (piece.Length > 0)
        {
            piece = piece[await to.SendAsync(piece, SocketFlags.None, cancellationToken)..];
        }
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The other side was faster.
        }

        socket.Close();
    }
}
