namespace KommoFunctions.Emulators.Storage.InMemory.Interleaving;

/// <summary>How often what goes wrong, a share of the requests each. Default: nothing goes wrong, but everything may be late.</summary>
public sealed record InterleavingOdds
{
    /// <summary>The answer waits for its turn after storage has acted, while others go on. Without that it is there at once. Default 0.5.</summary>
    public double LateAnswer { get; init; } = 0.5;

    /// <summary>
    /// A request, or an answer that waits for its turn, stands still while the others take up to <see cref="MaxHeldUp"/> steps: enough for them to do something
    /// as a whole in the middle of it, which choices step by step hardly ever give.
    /// </summary>
    public double HeldUp { get; init; }

    /// <summary>Steps that a request or an answer stands still for at most. Default 40.</summary>
    public int MaxHeldUp { get; init; } = 40;

    /// <summary>The connection breaks after storage has acted: the caller cannot know whether it did. The SDK asks again.</summary>
    public double LostAnswer { get; init; }

    /// <summary>The connection breaks before storage is asked. The SDK asks again.</summary>
    public double LostRequest { get; init; }

    /// <summary>503 before storage acts. The SDK asks again.</summary>
    public double Busy { get; init; }

    /// <summary>The process dies with the request under way: before storage acts or after it has.</summary>
    public double Crash { get; init; }

    /// <summary>Processes that may crash in one interleaving. Default 1.</summary>
    public int MaxCrashes { get; init; } = 1;
}
