using System.Text.Json;
using TableRateLimiting.Load.Children;
using TableRateLimiting.Load.Control;

namespace TableRateLimiting.Load.Receiver;

/// <summary>The receiver process: takes the requests for which permits were granted, and says when each was there.</summary>
internal static class ReceiverRole
{
    public const string Name = "receiver";

    public static async Task<int> RunAsync()
    {
        using var orders = new Orders();
        var log = new ArrivalLog();
        using var listener = new ArrivalListener(log);
        await using var control = await ControlServer.StartAsync(
            new Dictionary<string, Func<byte[]>>
            {
                ["state"] = () => JsonSerializer.SerializeToUtf8Bytes(log.ReadState(), LoadJson.Default.ReceiverState),
                ["arrivals"] = () => JsonSerializer.SerializeToUtf8Bytes(log.Read(), LoadJson.Default.ArrivalRecordArray),
            },
            orders.End);
        var addresses = new ReceiverAddresses(control.Address, listener.Address);
        Orders.Say($"ready {JsonSerializer.Serialize(addresses, LoadJson.Default.ReceiverAddresses)}");
        await orders.WaitForEndAsync();
        return 0;
    }
}
