using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A task (Kommo: Tasks). Named so that it is not taken for <see cref="Task"/>.</summary>
public sealed class KommoTask : KommoObject
{
    /// <summary>The task's id.</summary>
    public long Id { get; init; }

    /// <summary>What is to be done.</summary>
    public string? Text { get; init; }

    /// <summary>1 follow-up, 2 meeting, from 3 on the account's own types.</summary>
    public long? TaskTypeId { get; init; }

    /// <summary>When it is due.</summary>
    public DateTimeOffset? CompleteTill { get; init; }

    /// <summary>How long it takes; zero or one day is "all day" in Kommo's interface.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Whether it is done.</summary>
    public bool? IsCompleted { get; init; }

    /// <summary>What came of it.</summary>
    [JsonConverter(typeof(ObjectOrEmptyArrayConverter<TaskResult>))]
    public TaskResult? Result { get; init; }

    /// <summary>The entity that it belongs to.</summary>
    public long? EntityId { get; init; }

    /// <summary>That entity's kind.</summary>
    public EntityType? EntityType { get; init; }

    /// <summary>The responsible user.</summary>
    public long? ResponsibleUserId { get; init; }

    /// <summary>The responsible user's group.</summary>
    public long? GroupId { get; init; }

    /// <summary>The user who made it; 0 for a robot.</summary>
    public long? CreatedBy { get; init; }

    /// <summary>The user who changed it last; 0 for a robot.</summary>
    public long? UpdatedBy { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The account's id.</summary>
    public long? AccountId { get; init; }
}
