namespace KommoFunctions.Local.Surroundings;

/// <summary>Where the surroundings listen and keep their data.</summary>
internal sealed record SurroundingsOptions
{
    /// <summary>The folder of all data; null keeps everything in memory.</summary>
    public string? DataFolder { get; init; }

    public int BlobPort { get; init; } = 10000;

    public int QueuePort { get; init; } = 10001;

    public int TablePort { get; init; } = 10002;

    public int VaultPort { get; init; } = 10003;

    public int SimulatorPort { get; init; } = 10004;

    /// <summary>The port that the app listens on, here or started by <c>func start</c>.</summary>
    public int AppPort { get; init; } = 7071;

    /// <summary>How much faster than in life the simulator repeats hooks; see its <c>HookTimeScale</c>.</summary>
    public double HookTimeScale { get; init; } = 1;

    public bool DuplicateHooks { get; init; }

    /// <summary>Whether a proxy that counts requests stands before Azurite.</summary>
    public bool CountStorage { get; init; }

    /// <summary>Six ports in a row: blobs, queues, tables, vault, simulator, app.</summary>
    public SurroundingsOptions OnPortsFrom(int first) => this with
    {
        BlobPort = first,
        QueuePort = first + 1,
        TablePort = first + 2,
        VaultPort = first + 3,
        SimulatorPort = first + 4,
        AppPort = first + 5,
    };

    /// <summary>Free ports for everything, so that several can run side by side.</summary>
    public SurroundingsOptions OnFreePorts() => this with
    {
        BlobPort = 0,
        QueuePort = 0,
        TablePort = 0,
        VaultPort = 0,
        SimulatorPort = 0,
        AppPort = Emulators.Ports.FindToKeep(1)[0],
    };
}
