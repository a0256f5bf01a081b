using System.Diagnostics.CodeAnalysis;

namespace KommoFunctions.Messaging;

/// <summary>What is done with the messages of a queue.</summary>
internal enum WorkStage
{
    /// <summary>A hook is taken apart into events.</summary>
    Hooks,

    /// <summary>Handlers run for one event.</summary>
    Events,

    /// <summary>Commands are sent to Kommo, or a suspended account is probed.</summary>
    Dispatch,
}

/// <summary>
/// A queue and what it is for. Of a queue that somebody else made, such as a later version of this app, nothing is known but its name: that is told by
/// <see cref="Find"/>, never by comparing names.
/// </summary>
internal sealed class WorkQueue
{
    public static readonly WorkQueue Hooks = new(QueueNames.Hooks, WorkStage.Hooks);
    public static readonly WorkQueue BusyHooks = new(QueueNames.BusyHooks, WorkStage.Hooks);
    public static readonly WorkQueue Events = new(QueueNames.Events, WorkStage.Events);
    public static readonly WorkQueue BusyEvents = new(QueueNames.BusyEvents, WorkStage.Events);
    public static readonly WorkQueue Dispatch = new(QueueNames.Dispatch, WorkStage.Dispatch);

    private static readonly Dictionary<string, WorkQueue> ByName =
        new[] { Hooks, BusyHooks, Events, BusyEvents, Dispatch }.ToDictionary(queue => queue.Name, StringComparer.Ordinal);

    private WorkQueue(string name, WorkStage stage) => (Name, Stage) = (name, stage);

    /// <summary>All of them but the poison queues, of which each has one.</summary>
    public static IReadOnlyCollection<WorkQueue> All => ByName.Values;

    public string Name { get; }

    public WorkStage Stage { get; }

    /// <summary>The queue in which the trigger leaves what crashed too often.</summary>
    public string PoisonName => QueueNames.Poison(Name);

    /// <exception cref="ArgumentException">This app has no such queue.</exception>
    public static WorkQueue Of(string name) => Find(name, out var queue) ? queue : throw new ArgumentException($"There is no queue '{name}' in this app.", nameof(name));

    public static bool Find(string name, [NotNullWhen(true)] out WorkQueue? queue) => ByName.TryGetValue(name, out queue);

    public override string ToString() => Name;
}
