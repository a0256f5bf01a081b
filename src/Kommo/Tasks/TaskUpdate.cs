using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A change to a task (Kommo: Tasks, editing). Null is not sent and changes nothing.</summary>
public sealed record TaskUpdate : IBatchUpdate
{
    /// <summary>The task's id.</summary>
    public required long Id { get; init; }

    /// <summary>Whether it is done.</summary>
    public bool? IsCompleted { get; init; }

    /// <summary>What came of it; a text converts by itself.</summary>
    public TaskResult? Result { get; init; }

    /// <summary>What is to be done.</summary>
    public string? Text { get; init; }

    /// <summary>When it is due; whole seconds.</summary>
    public DateTimeOffset? CompleteTill { get; init; }

    /// <summary>The entity that it belongs to.</summary>
    public long? EntityId { get; init; }

    /// <summary>That entity's kind.</summary>
    public EntityType? EntityType { get; init; }

    /// <summary>The responsible user.</summary>
    public long? ResponsibleUserId { get; init; }

    /// <summary>1 follow-up, 2 meeting, from 3 on the account's own types.</summary>
    public long? TaskTypeId { get; init; }

    /// <summary>How long it takes; whole seconds.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The last editor shown; 0 shows a robot.</summary>
    public long? UpdatedBy { get; init; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>A text that Kommo may repeat in its answer.</summary>
    public string? RequestId { get; init; }

    /// <summary>Fields that this library has no name for, and JSON nulls.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? AdditionalFields { get; set; }

    /// <summary>Closes a task with a result.</summary>
    public static TaskUpdate Complete(long id, string result) =>
        new() { Id = id, IsCompleted = true, Result = TaskResult.FromString(result) };
}
