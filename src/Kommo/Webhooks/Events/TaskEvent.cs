namespace Kommo.Webhooks;

/// <summary>Something happened to a task.</summary>
public abstract class TaskEvent : WebhookEvent
{
    private protected TaskEvent(EventSource source)
        : base(source)
    {
    }

    /// <summary>What is to be done.</summary>
    public string? Text => Fields.GetText("text"u8);

    /// <summary>1 follow-up, 2 meeting, from 3 on the account's own types.</summary>
    public long? TaskTypeId => Fields.GetInt64("task_type"u8) ?? Fields.GetInt64("task_type_id"u8);

    /// <summary>The entity that it belongs to.</summary>
    public long? ElementId => Fields.GetInt64("element_id"u8) ?? Fields.GetInt64("entity_id"u8);

    /// <summary>That entity's kind.</summary>
    public EntityType? ElementType => Fields.GetEntityType("element_type"u8) ?? Fields.GetEntityType("entity_type"u8);

    /// <summary>Whether it is done; null when the hook does not tell.</summary>
    public bool? IsCompleted => Fields.GetBoolean("status"u8) ?? Fields.GetBoolean("is_completed"u8);

    /// <summary>When it is due; null when the hook tells only local time and the account's zone is not known.</summary>
    public DateTimeOffset? CompleteTill => Fields.GetTime("complete_before"u8) ?? Fields.GetTime("complete_till"u8);

    /// <summary>The responsible user.</summary>
    public long? ResponsibleUserId => Fields.GetInt64("responsible_user_id"u8) ?? Fields.GetInt64("main_user"u8);

    /// <summary>The responsible user before, where Kommo sends one; may equal <see cref="ResponsibleUserId"/>.</summary>
    public long? OldResponsibleUserId => Fields.GetInt64("old_responsible_user_id"u8);

    /// <summary>The user who made it.</summary>
    public long? CreatedUserId => Fields.GetInt64("created_user_id"u8) ?? Fields.GetInt64("created_by"u8);

    /// <summary>The user who changed it.</summary>
    public long? ModifiedUserId => Fields.GetInt64("modified_by"u8);

    /// <summary>When it was made; null when the hook tells only local time and the account's zone is not known.</summary>
    public DateTimeOffset? CreatedAt => Fields.GetTime("created_at"u8) ?? Fields.GetTime("date_create"u8);

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt => Fields.GetTime("updated_at"u8) ?? Fields.GetTime("last_modified"u8);
}
