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
        using var time = new PreciseTime();
        await using var proxy = await StorageProxy.StartAsync(StorageProxyOptions.For(azurite, time), orders.End);
        await new TableClient(azurite.ConnectionString, Table).CreateIfNotExistsAsync(orders.End);

        // Half of the latency lies before the act and half after it: what was read may be old, and what was written not yet known.
        proxy.Faults.RequestLatency = proxy.Faults.ResponseLatency = Way(latencyMilliseconds / 2, spread);

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

    private static StorageLatency Way(double milliseconds, double spread)
    {
        if (milliseconds == 0)
        {
            return StorageLatency.None;
        }

        // The proxy's Task.Delay cuts to whole milliseconds, which takes away half a millisecond in the mean.
        var least = (milliseconds * (1 - spread)) + 0.5;
        return new StorageLatency(TimeSpan.FromMilliseconds(least), TimeSpan.FromMilliseconds(milliseconds * 2 * spread));
    }

    private sealed class ToStandardError : IProgress<string>
    {
        public void Report(string value) => Console.Error.WriteLine(value);
    }
}
