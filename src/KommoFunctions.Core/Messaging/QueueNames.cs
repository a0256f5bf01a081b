namespace KommoFunctions.Messaging;

/// <summary>The queues between the steps. The triggers and the local host take their names from here.</summary>
public static class QueueNames
{
    /// <summary>Hooks as Kommo sent them.</summary>
    public const string Hooks = "kommo-hooks";

    /// <summary>One event a message.</summary>
    public const string Events = "kommo-events";

    /// <summary>Bells: commands wait in the outbox of an account.</summary>
    public const string Dispatch = "kommo-dispatch";

    /// <summary>Hooks that crashed the splitter <c>maxDequeueCount</c> times.</summary>
    public const string PoisonHooks = Hooks + PoisonSuffix;

    /// <summary>Events that crashed the processor <c>maxDequeueCount</c> times.</summary>
    public const string PoisonEvents = Events + PoisonSuffix;

    /// <summary>Bells that crashed the dispatcher <c>maxDequeueCount</c> times.</summary>
    public const string PoisonDispatch = Dispatch + PoisonSuffix;

    private const string PoisonSuffix = "-poison";

    internal static readonly string[] All = [Hooks, Events, Dispatch];

    /// <summary>The queue in which the trigger leaves what crashed too often.</summary>
    public static string Poison(string queue) => queue + PoisonSuffix;
}
