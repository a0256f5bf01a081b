using System.Net;
using System.Net.Sockets;

namespace KommoFunctions.Emulators;

/// <summary>Asks the system about TCP ports on 127.0.0.1.</summary>
public static class Ports
{
    /// <summary>Whether a program could listen on <paramref name="port"/> of 127.0.0.1 at this instant.</summary>
    public static bool IsFree(int port) => TryBind(port) is null;

    /// <summary>Throws when a fixed port is in use; port 0 ("any") always passes.</summary>
    /// <param name="port">The TCP port, 0 to 65535.</param>
    /// <param name="purpose">What it is for, as it reads in a sentence: <c>Azurite's queue service</c>.</param>
    /// <exception cref="PortTakenException">Another program listens there, or the system keeps the port for itself.</exception>
    public static void ThrowIfTaken(int port, string purpose)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, IPEndPoint.MaxPort);
        if (port != 0 && TryBind(port) is { } failure)
        {
            throw new PortTakenException(port, purpose, failure);
        }
    }

    /// <summary>
    /// A port that was free a moment ago, for the cases where the number must be known before anyone listens. Another
    /// program can take it in between: whoever can should listen on port 0 instead.
    /// </summary>
    public static int FindFree()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>
    /// Different free ports for servers whose ports are known before they listen, or that keep them over restarts: below the range from which systems
    /// take ports for outgoing connections, where nobody takes them in between.
    /// </summary>
    public static IReadOnlyList<int> FindToKeep(int count)
    {
        var found = new HashSet<int>();
        while (found.Count < count)
        {
            var port = Random.Shared.Next(12_000, 30_000);
            if (IsFree(port))
            {
                found.Add(port);
            }
        }

        return [.. found];
    }

    private static SocketException? TryBind(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return null;
        }
        catch (SocketException failure)
            when (failure.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return failure;
        }
    }
}
