using System.Globalization;
using System.Text.RegularExpressions;

namespace KommoFunctions.Emulators.Azurite;

/// <summary>The ports of Azurite's three services.</summary>
internal sealed partial record AzuritePorts(int Blob, int Queue, int Table)
{
    /// <summary>Complains about the first fixed port that is in use.</summary>
    public static void ThrowIfTaken(AzuriteOptions options)
    {
        Ports.ThrowIfTaken(options.BlobPort, Purpose("blob"));
        Ports.ThrowIfTaken(options.QueuePort, Purpose("queue"));
        Ports.ThrowIfTaken(options.TablePort, Purpose("table"));
    }

    /// <summary>Reads "Azurite Queue service is successfully listening at http://127.0.0.1:10001".</summary>
    public static bool TryReadListening(string line, out string service, out int port)
    {
        var match = ListeningLine().Match(line);
        service = match.Groups["service"].Value;
        return int.TryParse(match.Groups["port"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out port);
    }

    /// <summary>Node's "address already in use", for a port that was taken after <see cref="ThrowIfTaken"/> looked.</summary>
    public static PortTakenException? FindTaken(string output, AzuriteOptions options)
    {
        var match = AddressInUse().Match(output);
        if (!int.TryParse(match.Groups["port"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return null;
        }

        var service = port == options.BlobPort ? "blob" : port == options.QueuePort ? "queue" : "table";
        return new PortTakenException(port, Purpose(service));
    }

    private static string Purpose(string service) => $"Azurite's {service} service";

    [GeneratedRegex(@"Azurite (?<service>Blob|Queue|Table) service is successfully listening at \S+:(?<port>\d+)")]
    private static partial Regex ListeningLine();

    [GeneratedRegex(@"EADDRINUSE.*:(?<port>\d+)")]
    private static partial Regex AddressInUse();
}
