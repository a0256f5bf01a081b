namespace KommoFunctions.Emulators.KeyVault;

/// <summary>How <see cref="KeyVaultEmulator"/> runs.</summary>
public sealed class KeyVaultEmulatorOptions
{
    /// <summary>The HTTPS port on 127.0.0.1. Default 0: a free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// Where secrets and the certificate live, readable by the owner only. Default <see langword="null"/>: in memory,
    /// gone with the emulator. A folder belongs to one emulator at a time.
    /// </summary>
    public string? DataFolder { get; init; }

    /// <summary>
    /// How long a deletion or a recovery takes. The real vault takes some seconds, and may refuse the name with 409 even after the client was told that
    /// it is done. Default zero: at once.
    /// </summary>
    public TimeSpan TransitionTime { get; init; }

    /// <summary>The clock behind created, updated and deleted dates and the certificate's life.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
