namespace Kommo.Webhooks;

/// <summary>Something happened to a task. There is no event for completion: see <see cref="TaskUpdated.ClosedByThisChange"/>.</summary>
public abstract class TaskEvent : WebhookEvent
{
    private protected TaskEvent(string entity, string action, WebhookFields fields)
        : base(entity, action, fields)
    {
    }

    /// <summary>What is to be done.</summary>
    public string? Text => Fields["text"];

    /// <summary>1 follow-up, 2 meeting, from 3 on the account's own types.</summary>
    public long? TaskTypeId => Fields.GetInt64("task_type");

    /// <summary>The entity that it belongs to.</summary>
    public long? ElementId => Fields.GetInt64("element_id");

    /// <summary>That entity's kind.</summary>
    public EntityType? ElementType => Fields["element_type"] is { } type && !string.IsNullOrWhiteSpace(type) ? EntityType.Parse(type) : null;

    /// <summary>Whether it is done; null when the hook does not tell.</summary>
    public bool? IsCompleted => Fields.GetInt64("status") is { } status ? status == 1 : null;

    /// <summary>When it is due.</summary>
    public DateTimeOffset? CompleteTill => Fields.GetTime("complete_before");

    /// <summary>The responsible user.</summary>
    public long? ResponsibleUserId => Fields.GetInt64("responsible_user_id");

    /// <summary>The responsible user before, where Kommo sends one; may equal <see cref="ResponsibleUserId"/>.</summary>
    public long? OldResponsibleUserId => Fields.GetInt64("old_responsible_user_id");

    /// <summary>The user who made it.</summary>
    public long? CreatedUserId => Fields.GetInt64("created_user_id");

    /// <summary>The user who changed it.</summary>
    public long? ModifiedUserId => Fields.GetInt64("modified_by");

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt => Fields.GetTime("created_at");

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt => Fields.GetTime("updated_at");
}
