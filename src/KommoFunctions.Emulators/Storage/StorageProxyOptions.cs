using KommoFunctions.Emulators.Azurite;

namespace KommoFunctions.Emulators.Storage;

/// <summary>What <see cref="StorageProxy"/> stands in front of.</summary>
public sealed class StorageProxyOptions
{
    /// <summary>The port of 127.0.0.1 on which the blob service listens.</summary>
    public required int BlobBackendPort { get; init; }

    /// <summary>The port of 127.0.0.1 on which the queue service listens.</summary>
    public required int QueueBackendPort { get; init; }

    /// <summary>The port of 127.0.0.1 on which the table service listens.</summary>
    public required int TableBackendPort { get; init; }

    /// <summary>The seed of jitter and probabilities, so that a run can be repeated. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The clock behind the delays.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Options for a proxy in front of <paramref name="azurite"/>.</summary>
    public static StorageProxyOptions For(AzuriteProcess azurite, TimeProvider? timeProvider = null, int seed = 1) => new()
    {
        BlobBackendPort = azurite.BlobPort,
        QueueBackendPort = azurite.QueuePort,
        TableBackendPort = azurite.TablePort,
        Seed = seed,
        TimeProvider = timeProvider ?? TimeProvider.System,
    };
}
