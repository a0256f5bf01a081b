using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A change to a task (Kommo: Tasks, editing).</summary>
public sealed record TaskUpdate : EntityUpdate
{
    /// <summary>Whether it is done.</summary>
    public Change<bool> IsCompleted { get; init; }

    /// <summary>What came of it; a text converts by itself.</summary>
    public TaskResult? Result { get; init; }

    /// <summary>What is to be done.</summary>
    public Change<string> Text { get; init; }

    /// <summary>When it is due; whole seconds.</summary>
    public Change<DateTimeOffset> CompleteTill { get; init; }

    /// <summary>The entity that it belongs to.</summary>
    public Change<long> EntityId { get; init; }

    /// <summary>That entity's kind.</summary>
    public Change<EntityType> EntityType { get; init; }

    /// <summary>The responsible user.</summary>
    public Change<long> ResponsibleUserId { get; init; }

    /// <summary>1 follow-up, 2 meeting, from 3 on the account's own types.</summary>
    public Change<long> TaskTypeId { get; init; }

    /// <summary>How long it takes; whole seconds.</summary>
    public Change<TimeSpan?> Duration { get; init; }

    /// <summary>The last editor shown; 0 shows a robot.</summary>
    public Change<long> UpdatedBy { get; init; }

    /// <summary>When it changed last.</summary>
    public Change<DateTimeOffset> UpdatedAt { get; init; }

    /// <summary>Closes a task with a result.</summary>
    public static TaskUpdate Complete(long id, string result) =>
        new() { Id = id, IsCompleted = true, Result = TaskResult.FromString(result) };
}
