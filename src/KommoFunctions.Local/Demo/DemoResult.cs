using Kommo.Simulator;

namespace KommoFunctions.Local.Demo;

/// <summary>What a run came to, counted by the simulator, the emulators and from storage: not by the app.</summary>
internal sealed record DemoResult
{
    public const int Limit = 7;

    public required int Leads { get; init; }

    public required TimeSpan Elapsed { get; init; }

    public required SimulatorStatistics Statistics { get; init; }

    /// <summary>Different events that the app noted.</summary>
    public required int Events { get; init; }

    public required int DeadLetters { get; init; }

    /// <summary>Leads without a task or without a note.</summary>
    public required int Missing { get; init; }

    /// <summary>Leads with more than one task or note.</summary>
    public required int Doubled { get; init; }

    public required long StorageRoundTrips { get; init; }

    public required long VaultRoundTrips { get; init; }

    /// <summary>Deliveries that brought nothing new.</summary>
    public long Duplicates => Statistics.Hooks.Acknowledged + Statistics.Hooks.ExtraDeliveries - Events;

    public bool IsRight =>
        Leads > 0
        && Missing == 0
        && Doubled == 0
        && DeadLetters == 0
        && Statistics is { Refused: 0, Blocked: 0, BusiestWindow: <= Limit };
}
