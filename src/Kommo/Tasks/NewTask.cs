using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A task to create (Kommo: Tasks, adding). Null is not sent.</summary>
public sealed record NewTask : WriteItem
{
    /// <summary>What is to be done.</summary>
    public required string Text { get; init; }

    /// <summary>When it is due; whole seconds.</summary>
    public required DateTimeOffset CompleteTill { get; init; }

    /// <summary>The entity that it belongs to; give <see cref="EntityType"/> with it.</summary>
    public long? EntityId { get; init; }

    /// <summary>That entity's kind: leads, contacts, companies or customers.</summary>
    public EntityType? EntityType { get; init; }

    /// <summary>The responsible user.</summary>
    public long? ResponsibleUserId { get; init; }

    /// <summary>1 follow-up (Kommo's default), 2 meeting, from 3 on the account's own types.</summary>
    public long? TaskTypeId { get; init; }

    /// <summary>How long it takes; whole seconds.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Whether it is done already.</summary>
    public bool? IsCompleted { get; init; }

    /// <summary>What came of it.</summary>
    public TaskResult? Result { get; init; }

    /// <summary>The author shown; 0 shows a robot.</summary>
    public long? CreatedBy { get; init; }

    /// <summary>The last editor shown; 0 shows a robot.</summary>
    public long? UpdatedBy { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }
}
