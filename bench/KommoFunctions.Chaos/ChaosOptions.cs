namespace KommoFunctions.Chaos;

/// <summary>How large a run is.</summary>
internal sealed record ChaosOptions
{
    public int Accounts { get; init; } = 3;

    public int Leads { get; init; } = 3000;

    public int Processes { get; init; } = 3;

    public int Kills { get; init; } = 100;

    public required int Seed { get; init; }

    /// <summary>Where the lines of the app's processes go; null for nowhere.</summary>
    public string? LogFile { get; init; }

    /// <summary>The mean time between two kills; the leads are spread over all of them.</summary>
    public TimeSpan KillEvery { get; init; } = TimeSpan.FromSeconds(2.5);
}
