namespace KommoFunctions.Emulators.KeyVault;

/// <summary>Counts of the requests that reached the emulator, failed ones included. Safe to read at any time.</summary>
public sealed class KeyVaultStatistics
{
    private readonly long[] _counts = new long[Enum.GetValues<KeyVaultOperation>().Length];
    private long _challenges;

    /// <summary>Requests with a token, over all operations.</summary>
    public long Total => Enum.GetValues<KeyVaultOperation>().Sum(operation => this[operation]);

    /// <summary>Requests without a token, answered with 401: one per client, if the client keeps its token.</summary>
    public long Challenges => Interlocked.Read(ref _challenges);

    /// <summary>Requests with a token for one operation.</summary>
    public long this[KeyVaultOperation operation] => Interlocked.Read(ref _counts[(int)operation]);

    internal void Count(KeyVaultOperation operation) => Interlocked.Increment(ref _counts[(int)operation]);

    internal void CountChallenge() => Interlocked.Increment(ref _challenges);
}
