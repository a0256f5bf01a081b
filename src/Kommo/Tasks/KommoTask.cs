using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A task (Kommo: Tasks). Named so that it is not taken for <see cref="Task"/>.</summary>
public sealed class KommoTask : KommoObject
{
    /// <summary>The task's id.</summary>
    public long Id { get; set; }

    /// <summary>What is to be done.</summary>
    public string? Text { get; set; }

    /// <summary>1 follow-up, 2 meeting, from 3 on the account's own types.</summary>
    public long? TaskTypeId { get; set; }

    /// <summary>When it is due.</summary>
    public DateTimeOffset? CompleteTill { get; set; }

    /// <summary>How long it takes; zero or one day is "all day" in Kommo's interface.</summary>
    public TimeSpan? Duration { get; set; }

    /// <summary>Whether it is done.</summary>
    public bool? IsCompleted { get; set; }

    /// <summary>What came of it.</summary>
    [JsonConverter(typeof(ObjectOrEmptyArrayConverter<TaskResult>))]
    public TaskResult? Result { get; set; }

    /// <summary>The entity that it belongs to.</summary>
    public long? EntityId { get; set; }

    /// <summary>That entity's kind.</summary>
    public EntityType? EntityType { get; set; }

    /// <summary>The responsible user.</summary>
    public long? ResponsibleUserId { get; set; }

    /// <summary>The responsible user's group.</summary>
    public long? GroupId { get; set; }

    /// <summary>The user who made it; 0 for a robot.</summary>
    public long? CreatedBy { get; set; }

    /// <summary>The user who changed it last; 0 for a robot.</summary>
    public long? UpdatedBy { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }

    /// <summary>The account's id.</summary>
    public long? AccountId { get; set; }
}
