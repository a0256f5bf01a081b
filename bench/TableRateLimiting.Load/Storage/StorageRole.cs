using System.Text.Json;
using Azure.Data.Tables;
using KommoFunctions.Emulators.Azurite;
using KommoFunctions.Emulators.Storage;
using TableRateLimiting.Load.Children;
using TableRateLimiting.Load.Control;

namespace TableRateLimiting.Load.Storage;

/// <summary>
/// The storage process: Azurite (a Node.js process below it, in memory) and, in this process, the proxy that counts and delays.
/// Nobody else's garbage or threads are in the way of what it measures.
/// </summary>
internal static class StorageRole
{
    public const string Name = "storage";

    /// <summary>The table of the limiters.</summary>
    public const string Table = "limits";

    public static async Task<int> RunAsync(double latencyMilliseconds, double spread)
    {
        using var orders = new Orders();
        await using var azurite = await AzuriteProcess.StartAsync(new AzuriteOptions { Progress = new ToStandardError() }, orders.End);
        await using var proxy = await StorageProxy.StartAsync(StorageProxyOptions.For(azurite), orders.End);
        await new TableClient(azurite.ConnectionString, Table).CreateIfNotExistsAsync(orders.End);

        // Half of the latency lies before the act and half after it: what was read may be old, and what was written not yet known.
        var way = TimeSpan.FromMilliseconds(latencyMilliseconds / 2);
        proxy.Faults.RequestLatency = proxy.Faults.ResponseLatency = new StorageLatency(way * (1 - spread), way * (2 * spread));

        await using var control = await ControlServer.StartAsync(
            new Dictionary<string, Func<byte[]>>
            {
                ["counts"] = () => JsonSerializer.SerializeToUtf8Bytes(StorageCounts.Of(proxy.Statistics), LoadJson.Default.StorageCounts),
            },
            orders.End);
        var addresses = new StorageAddresses(control.Address, proxy.ConnectionString, azurite.ConnectionString);
        Orders.Say($"ready {JsonSerializer.Serialize(addresses, LoadJson.Default.StorageAddresses)}");
        await orders.WaitForEndAsync();
        return 0;
    }

    private sealed class ToStandardError : IProgress<string>
    {
        public void Report(string value) => Console.Error.WriteLine(value);
    }
}
