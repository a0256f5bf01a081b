namespace TableRateLimiting.Machine;

/// <summary>What the machine wants done. The shell does it; nothing else of the machine reaches the outside.</summary>
internal abstract record Effect
{
    /// <summary>Tell a caller that it has its permits, or that they are refused.</summary>
    internal sealed record Decide(QueuedRequest Request, PermitOutcome Outcome) : Effect;

    /// <summary>Begin a swap as soon as this input is over: who comes in until then takes part.</summary>
    internal sealed record StartSwap : Effect;

    /// <summary>Send one request to storage. There is never more than one under way.</summary>
    internal sealed record Ask(StorageOperation Operation) : Effect;

    /// <summary>Give the machine a tick at this instant, and forget the one asked for before.</summary>
    internal sealed record SetTimer(long At) : Effect;

    /// <summary>Tell who paused or resumed that it is written, or that storage is away.</summary>
    internal sealed record Complete(PauseRequest Request, Exception? Away) : Effect;
}
