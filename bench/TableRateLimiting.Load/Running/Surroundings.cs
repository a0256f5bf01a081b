using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using TableRateLimiting.Load.Children;
using TableRateLimiting.Load.Receiver;
using TableRateLimiting.Load.Storage;

namespace TableRateLimiting.Load.Running;

/// <summary>The storage process and the receiver process.</summary>
internal sealed class Surroundings : IAsyncDisposable
{
    private readonly Child _storage;
    private readonly Child _receiver;
    private readonly HttpClient _control = new();

    private Surroundings(Child storage, Child receiver, StorageAddresses storageAddresses, ReceiverAddresses receiverAddresses)
    {
        _storage = storage;
        _receiver = receiver;
        Storage = storageAddresses;
        Receiver = receiverAddresses;
    }

    public StorageAddresses Storage { get; }

    public ReceiverAddresses Receiver { get; }

    public static async Task<Surroundings> StartAsync(double latencyMilliseconds, double spread, CancellationToken cancellationToken)
    {
        var storage = Child.Start(
            StorageRole.Name,
            "--latency", latencyMilliseconds.ToString(CultureInfo.InvariantCulture),
            "--spread", spread.ToString(CultureInfo.InvariantCulture));
        var receiver = Child.Start(ReceiverRole.Name);
        try
        {
            var storageReady = await storage.ExpectAsync("ready", cancellationToken);
            var receiverReady = await receiver.ExpectAsync("ready", cancellationToken);
            return new Surroundings(
                storage,
                receiver,
                JsonSerializer.Deserialize(storageReady, LoadJson.Default.StorageAddresses)!,
                JsonSerializer.Deserialize(receiverReady, LoadJson.Default.ReceiverAddresses)!);
        }
        catch
        {
            await storage.DisposeAsync();
            await receiver.DisposeAsync();
            throw;
        }
    }

    public async Task<StorageCounts> CountAsync(CancellationToken cancellationToken) =>
        (await _control.GetFromJsonAsync(new Uri(Storage.Control, "counts"), LoadJson.Default.StorageCounts, cancellationToken))!;

    public async Task<ReceiverState> ReadStateAsync(CancellationToken cancellationToken) =>
        (await _control.GetFromJsonAsync(new Uri(Receiver.Control, "state"), LoadJson.Default.ReceiverState, cancellationToken))!;

    public async Task<ArrivalRecord[]> ReadArrivalsAsync(CancellationToken cancellationToken) =>
        (await _control.GetFromJsonAsync(new Uri(Receiver.Control, "arrivals"), LoadJson.Default.ArrivalRecordArray, cancellationToken))!;

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await Task.WhenAll(_storage.DisposeAsync().AsTask(), _receiver.DisposeAsync().AsTask());
    }
}
