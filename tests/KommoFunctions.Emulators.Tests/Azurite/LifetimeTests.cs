using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Azure.Data.Tables;

namespace KommoFunctions.Emulators.Azurite;

public sealed class LifetimeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Data_in_a_folder_survives_a_restart()
    {
        await using (var azurite = await StartAsync(_folder.Path))
        {
            await WriteAsync(azurite.ConnectionString);
        }

        await using var again = await StartAsync(_folder.Path);
        Assert.Equal(1, await ReadAsync(again.ConnectionString));
    }

    [Fact]
    public async Task Disposing_ends_the_process_and_frees_its_ports()
    {
        var azurite = await StartAsync();

        await azurite.DisposeAsync();
        await azurite.DisposeAsync();

        Assert.True(azurite.Exited.IsCompletedSuccessfully);
        int[] ports = [azurite.BlobPort, azurite.QueuePort, azurite.TablePort];
        // Eventually, since a test beside this one may be given such a port for a moment.
        await Eventually.HoldsAsync(() => ports.All(Ports.IsFree));
    }

    [Fact]
    public async Task A_killed_parent_leaves_no_orphan_and_no_data_is_lost()
    {
        using var parent = await ParentProcess.StartAsync(_folder.Path);
        await WriteAsync(parent.ConnectionString);

        await parent.KillAsync();

        // The successor waits for the predecessor's last flush by itself.
        await using (var successor = await StartAsync(_folder.Path))
        {
            Assert.Equal(1, await ReadAsync(successor.ConnectionString));
        }

        await Eventually.HoldsAsync(() => parent.Ports.All(Ports.IsFree));
        Assert.Equal(3, parent.Ports.Count);
    }

    [Fact]
    public async Task Ctrl_C_does_not_take_storage_away_from_a_parent_that_still_cleans_up()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix signals");
        await using var azurite = await StartAsync();

        using var kill = Process.Start("kill", ["-INT", azurite.ProcessId.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();

        await WriteAsync(azurite.ConnectionString);
        Assert.Equal(0, kill.ExitCode);
        Assert.False(azurite.Exited.IsCompleted);
    }

    [Fact]
    public async Task An_Azurite_that_dies_is_noticed()
    {
        await using var azurite = await StartAsync();

        using (var process = Process.GetProcessById(azurite.ProcessId))
        {
            process.Kill();
        }

        await azurite.Exited.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
    }

    [Fact]
    public async Task A_folder_belongs_to_one_Azurite_at_a_time()
    {
        await using var azurite = await StartAsync(_folder.Path);

        var failure = await Assert.ThrowsAsync<AzuriteException>(() => StartAsync(_folder.Path));

        Assert.Contains("in use by another process", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("blob")]
    [InlineData("queue")]
    [InlineData("table")]
    public async Task A_taken_fixed_port_is_named_with_its_service(string service)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var options = new AzuriteOptions
        {
            BlobPort = service == "blob" ? port : 0,
            QueuePort = service == "queue" ? port : 0,
            TablePort = service == "table" ? port : 0,
        };

        var failure = await Assert.ThrowsAsync<PortTakenException>(() => AzuriteProcess.StartAsync(options, CancellationToken.None));

        Assert.Contains($"Port {port} for Azurite's {service} service is taken", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_that_is_lost_after_the_look_is_named_too()
    {
        var failure = AzuritePorts.FindTaken(
            "Azurite Queue service is starting\nExit due to unhandled error: listen EADDRINUSE: address already in use 127.0.0.1:10001",
            new AzuriteOptions { BlobPort = 10000, QueuePort = 10001, TablePort = 10002 });

        Assert.Equal((10001, "Azurite's queue service"), (failure!.Port, failure.Purpose));
    }

    [Fact]
    public async Task What_Azurite_said_before_it_ended_is_in_the_exception()
    {
        // A folder where Azurite keeps a file.
        Directory.CreateDirectory(_folder["__azurite_db_table__.json"]);

        var failure = await Assert.ThrowsAsync<AzuriteException>(() => StartAsync(_folder.Path));

        Assert.Contains("exit code", failure.Message, StringComparison.Ordinal);
        Assert.Contains("EISDIR", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_that_takes_too_long_is_given_up_and_leaves_nothing()
    {
        var options = new AzuriteOptions { StartTimeout = TimeSpan.FromMilliseconds(1), DataFolder = _folder.Path };

        var failure = await Assert.ThrowsAsync<AzuriteException>(() => AzuriteProcess.StartAsync(options, CancellationToken.None));

        Assert.Contains("did not listen within", failure.Message, StringComparison.Ordinal);
        await using var next = await StartAsync(_folder.Path);
    }

    private static Task<AzuriteProcess> StartAsync(string? folder = null) =>
        AzuriteProcess.StartAsync(new AzuriteOptions { DataFolder = folder }, CancellationToken.None);

    private static async Task WriteAsync(string connectionString)
    {
        var table = new TableClient(connectionString, "kept");
        await table.CreateAsync();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["Value"] = 1 });
    }

    private static async Task<int?> ReadAsync(string connectionString) =>
        (await new TableClient(connectionString, "kept").GetEntityAsync<TableEntity>("p", "r")).Value.GetInt32("Value");
}
