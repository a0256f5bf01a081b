using System.Net;
using System.Net.Sockets;

namespace KommoFunctions.Emulators;

public sealed class PortsTests
{
    [Fact]
    public void A_port_that_someone_listens_on_is_not_free()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        Assert.False(Ports.IsFree(port));
        Assert.Equal(port, Assert.Throws<PortTakenException>(() => Ports.ThrowIfTaken(port, "a test")).Port);
    }

    [Fact]
    public void A_port_on_all_addresses_is_taken_on_loopback_too()
    {
        using var other = new TcpListener(IPAddress.Any, 0);
        other.Start();

        Assert.False(Ports.IsFree(((IPEndPoint)other.LocalEndpoint).Port));
    }

    [Fact]
    public void Port_0_is_never_taken() => Ports.ThrowIfTaken(0, "a test");

    [Fact]
    public void Ports_to_keep_are_different_and_below_those_of_outgoing_connections()
    {
        var ports = Ports.FindToKeep(5);

        Assert.Equal(5, ports.Distinct().Count());
        Assert.All(ports, port => Assert.InRange(port, 12_000, 30_000));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(65536)]
    public void What_is_no_port_is_refused(int port) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Ports.ThrowIfTaken(port, "a test"));
}
