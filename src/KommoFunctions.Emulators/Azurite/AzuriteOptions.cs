namespace KommoFunctions.Emulators.Azurite;

/// <summary>How <see cref="AzuriteProcess"/> starts Azurite.</summary>
public sealed class AzuriteOptions
{
    /// <summary>
    /// Where the data lives. Default <see langword="null"/>: in memory, gone with the process. A folder belongs to one
    /// Azurite at a time. Azurite writes its tables and queues to disk every few seconds and when it is disposed, so a
    /// killed <em>Azurite</em> loses the last seconds; a killed parent does not, since Azurite then ends in order.
    /// </summary>
    public string? DataFolder { get; init; }

    /// <summary>The blob service's port on 127.0.0.1. Default 0: a free one, which cannot collide.</summary>
    public int BlobPort { get; init; }

    /// <summary>The queue service's port on 127.0.0.1. Default 0: a free one, which cannot collide.</summary>
    public int QueuePort { get; init; }

    /// <summary>The table service's port on 127.0.0.1. Default 0: a free one, which cannot collide.</summary>
    public int TablePort { get; init; }

    /// <summary>
    /// The folder whose <c>package.json</c> and <c>package-lock.json</c> name the Azurite to run. Default
    /// <see langword="null"/>: the nearest such folder upwards from the program, then from the current directory.
    /// </summary>
    public string? RepositoryRoot { get; init; }

    /// <summary>How long Azurite may take from its start until it listens. Default 60 s; it needs about one.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Told, in a sentence, what takes long: the installation, and waiting for another process's.</summary>
    public IProgress<string>? Progress { get; init; }

    /// <summary>The clock behind the time-outs. It has to run: Azurite is a real process.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
