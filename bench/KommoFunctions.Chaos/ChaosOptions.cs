namespace KommoFunctions.Chaos;

/// <summary>How large a run is.</summary>
internal sealed record ChaosOptions
{
    public int Accounts { get; init; } = 3;

    public int Leads { get; init; } = 3000;

    public int Processes { get; init; } = 3;

    public int Kills { get; init; } = 100;

    public required int Seed { get; init; }

    /// <summary>What the app does with a creation whose answer was lost; null leaves it at its default.</summary>
    public InDoubtMode? InDoubt { get; init; }

    /// <summary>Where the lines of the app's processes go; null for nowhere.</summary>
    public string? LogFile { get; init; }

    /// <summary>The mean time between two kills; the leads are spread over all of them.</summary>
    public TimeSpan KillEvery { get; init; } = TimeSpan.FromSeconds(2.5);

    /// <summary>How long leads come in: as long as processes die, but never so briefly that no trouble meets them.</summary>
    public TimeSpan Length => KillEvery * Math.Max(Kills, 4);
}
