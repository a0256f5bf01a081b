namespace KommoFunctions.Messaging;

/// <summary>The queues between the steps. The triggers and the local host take their names from here.</summary>
public static class QueueNames
{
    /// <summary>Hooks as Kommo sent them.</summary>
    public const string Hooks = "kommo-hooks";

    /// <summary>Hooks beyond their account's share, so that other accounts' need not wait for them.</summary>
    public const string BusyHooks = Hooks + BusySuffix;

    /// <summary>One event a message.</summary>
    public const string Events = "kommo-events";

    /// <summary>Events beyond their account's share, so that other accounts' need not wait for them.</summary>
    public const string BusyEvents = Events + BusySuffix;

    /// <summary>Bells: commands wait in the outbox of an account.</summary>
    public const string Dispatch = "kommo-dispatch";

    /// <summary>Hooks that crashed the splitter <c>maxDequeueCount</c> times.</summary>
    public const string PoisonHooks = Hooks + PoisonSuffix;

    /// <summary>Hooks of <see cref="BusyHooks"/> that crashed the splitter.</summary>
    public const string PoisonBusyHooks = BusyHooks + PoisonSuffix;

    /// <summary>Events that crashed the processor <c>maxDequeueCount</c> times.</summary>
    public const string PoisonEvents = Events + PoisonSuffix;

    /// <summary>Events of <see cref="BusyEvents"/> that crashed the processor.</summary>
    public const string PoisonBusyEvents = BusyEvents + PoisonSuffix;

    /// <summary>Bells that crashed the dispatcher <c>maxDequeueCount</c> times.</summary>
    public const string PoisonDispatch = Dispatch + PoisonSuffix;

    private const string BusySuffix = "-busy";

    private const string PoisonSuffix = "-poison";

    /// <summary>All of them but the poison queues, of which each has one.</summary>
    public static IReadOnlyList<string> All { get; } = [.. WorkQueue.All.Select(queue => queue.Name)];

    /// <summary>How often a trigger delivers a message before it leaves it in the poison queue; <c>host.json</c> says the same.</summary>
    public const int MaxDequeueCount = 5;

    /// <summary>The queue in which the trigger leaves what crashed too often.</summary>
    public static string Poison(string queue) => queue + PoisonSuffix;
}
