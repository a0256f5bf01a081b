using KommoFunctions.Emulators.Storage.InMemory.Interleaving;

namespace KommoFunctions.Model;

/// <summary>What happens in an interleaving, and how often.</summary>
internal sealed record ModelOdds
{
    public InterleavingOdds Storage { get; init; } = new()
    {
        HeldUp = 0.1,
        LostAnswer = 0.04,
        LostRequest = 0.01,
        Busy = 0.01,
        Crash = 0.004,
        MaxCrashes = 2,
    };

    public int Processes { get; init; } = 3;

    public int MaxEvents { get; init; } = 4;

    /// <summary>Choices before everything is let come to rest; fewer when everything is done before.</summary>
    public int Turns { get; init; } = 160;

    /// <summary>The share of turns in which Kommo changes its mind about the account.</summary>
    public double Flip { get; init; } = 0.04;

    /// <summary>The share of changes for the better at which the account is probed at once, as when somebody has connected it.</summary>
    public double Connected { get; init; } = 0.5;

    /// <summary>The share of events whose handler throws until somebody mends it.</summary>
    public double Broken { get; init; } = 0.25;

    /// <summary>The share of messages that are done and come again all the same.</summary>
    public double Undeleted { get; init; } = 0.05;
}
