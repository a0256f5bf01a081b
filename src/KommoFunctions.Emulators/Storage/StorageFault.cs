namespace KommoFunctions.Emulators.Storage;

/// <summary>How a request fails.</summary>
public enum StorageFaultKind
{
    /// <summary>503 with the error code <c>ServerBusy</c>; storage is not asked. The SDK repeats such a request.</summary>
    ServerBusy,

    /// <summary>500 with the error code <c>InternalError</c>; storage is not asked. The SDK repeats such a request.</summary>
    ServerError,

    /// <summary>504 of something on the way; storage is not asked. The SDK repeats such a request.</summary>
    GatewayTimeout,

    /// <summary>The connection is reset before storage is asked.</summary>
    Reset,

    /// <summary>Storage acts, then the connection is reset: the caller cannot know whether it did.</summary>
    DropResponse,

    /// <summary>No answer until the fault is lifted or the caller gives up; then, if still wanted, storage is asked.</summary>
    Stall,

    /// <summary>Storage acts at once; its answer comes after the fault's <see cref="StorageFault.Delay"/>.</summary>
    Late,
}

/// <summary>A failure for the requests that match.</summary>
public sealed record StorageFault
{
    /// <summary>How they fail.</summary>
    public required StorageFaultKind Kind { get; init; }

    /// <summary>Which requests fail. Default: every one.</summary>
    public Func<StorageRequestKind, bool> Matches { get; init; } = _ => true;

    /// <summary>
    /// How many fail. Default <see langword="null"/>: all until the fault is lifted. Mind that SDK and HTTP client
    /// repeat requests by themselves.
    /// </summary>
    public int? Times { get; init; }

    /// <summary>The share of the matching requests that fails, 0 to 1. Default 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>How late a <see cref="StorageFaultKind.Late"/> answer is. Default zero; the other kinds do not use it.</summary>
    public TimeSpan Delay { get; init; }
}
