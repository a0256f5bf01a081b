using System.Text.Json.Serialization;
using TableRateLimiting.Load.Receiver;
using TableRateLimiting.Load.Storage;

namespace TableRateLimiting.Load;

/// <summary>What the processes tell each other.</summary>
[JsonSerializable(typeof(StorageAddresses))]
[JsonSerializable(typeof(StorageCounts))]
[JsonSerializable(typeof(ReceiverAddresses))]
[JsonSerializable(typeof(ReceiverState))]
[JsonSerializable(typeof(ArrivalRecord[]))]
internal sealed partial class LoadJson : JsonSerializerContext;
