namespace KommoFunctions.Work;

/// <summary>How much goes through, and how.</summary>
internal sealed record ThroughputOptions
{
    public required int Events { get; init; }

    /// <summary>Events of which each is one call.</summary>
    public required int Baseline { get; init; }

    public required int EventsPerHook { get; init; }

    /// <summary>The most events that wait at a time. Azurite sorts a queue at each deletion, so a long one would measure Azurite; Azure's do not mind their length.</summary>
    public required int Ahead { get; init; }

    public required int Processes { get; init; }
}
