namespace KommoFunctions.Emulators.Storage;

/// <summary>A delay that the proxy adds.</summary>
/// <param name="Least">What every request waits.</param>
/// <param name="Jitter">What is added on top, evenly spread from nothing to this.</param>
public sealed record StorageLatency(TimeSpan Least, TimeSpan Jitter)
{
    /// <summary>No delay.</summary>
    public static StorageLatency None { get; } = new(TimeSpan.Zero, TimeSpan.Zero);
}
