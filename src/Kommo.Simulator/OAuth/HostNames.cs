using System.Globalization;

namespace Kommo.Simulator.OAuth;

/// <summary>
/// The hosts that the account is told by: its own, and the one at which it is found after a rename (Kommo: OAuth 2.0, <c>api_domain</c>). With
/// <see cref="KommoSimulatorOptions.UseLoopbackHosts"/> each is a port of this machine, and a third one is kept for the next rename.
/// </summary>
internal sealed class HostNames(KommoSimulatorOptions options)
{
    private volatile Ports _ports = new(0, 0, 0);
    private volatile int _oldAnswers = 404;

    public string Account => options.UseLoopbackHosts ? Loopback(_ports.Account) : $"{options.Subdomain}.kommo.com";

    public string Api => options.UseLoopbackHosts ? Loopback(_ports.Api) : "api-c.kommo.com";

    /// <summary>What the account's old host answers: 401 or 404.</summary>
    public int OldAnswers => _oldAnswers;

    /// <summary>How many ports to listen on.</summary>
    public int Count => options.UseLoopbackHosts ? 3 : 1;

    public void Listen(IReadOnlyList<int> ports)
    {
        if (options.UseLoopbackHosts)
        {
            _ports = new Ports(ports[0], ports[1], ports[2]);
        }
    }

    /// <summary>Whether a request came to a host that the account does not have, or not any more.</summary>
    public bool IsOther(int port) => options.UseLoopbackHosts && port == _ports.Other;

    public void Rename(string subdomain, int oldAnswers)
    {
        options.Subdomain = subdomain;
        _oldAnswers = oldAnswers;
        _ports = new Ports(_ports.Other, _ports.Api, _ports.Account);
    }

    private static string Loopback(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");

    private sealed record Ports(int Account, int Api, int Other);
}
