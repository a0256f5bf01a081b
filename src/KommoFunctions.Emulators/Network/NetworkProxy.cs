using System.Net;
using System.Net.Sockets;

namespace KommoFunctions.Emulators.Network;

/// <summary>
/// A TCP proxy on 127.0.0.1 that knows nothing of what goes through it, so that it can stand before anything, over TLS or not: storage, the vault, Kommo.
/// On demand it resets connections, stalls or slows them, and lets only half of an answer through.
/// </summary>
public sealed class NetworkProxy : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<TcpListener> _listeners = [];
    private readonly List<Task> _accepting = [];
    private readonly TimeProvider _time;

    private NetworkProxy(TimeProvider time) => _time = time;

    /// <summary>What goes wrong on the way.</summary>
    public NetworkFaults Faults { get; } = new();

    /// <summary>The ports that it listens on, in the order of those behind it.</summary>
    public IReadOnlyList<int> Ports => [.. _listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];

    /// <summary>Starts the proxy on free ports.</summary>
    /// <param name="backendPorts">The ports of 127.0.0.1 that stand behind it; they share their faults, as services of one host do.</param>
    public static NetworkProxy Start(params IReadOnlyList<int> backendPorts) => Start(TimeProvider.System, backendPorts);

    /// <summary>Starts the proxy on free ports, with a clock of its own behind the delays.</summary>
    public static NetworkProxy Start(TimeProvider time, params IReadOnlyList<int> backendPorts)
    {
        var proxy = new NetworkProxy(time);
        foreach (var port in backendPorts)
        {
            var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            proxy._listeners.Add(listener);
            proxy._accepting.Add(proxy.AcceptAsync(listener, port));
        }

        return proxy;
    }

    /// <summary>Stops the proxy; open connections are reset.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync();
        await Task.WhenAll(_accepting);
        foreach (var listener in _listeners)
        {
            listener.Dispose();
        }

        _stopping.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener, int backendPort)
    {
        var running = new HashSet<Task>();
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var caller = await listener.AcceptSocketAsync(_stopping.Token);
                caller.NoDelay = true;
                running.Add(RunAsync(caller, backendPort));
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // A caller that hung up while it was let in, or the end.
            }

            running.RemoveWhere(task => task.IsCompleted);
        }

        await Task.WhenAll(running);
    }

    private async Task RunAsync(Socket caller, int backendPort)
    {
        using var connection = new NetworkConnection(caller, backendPort, Faults, _time);
        await connection.RunAsync(_stopping.Token);
    }
}
