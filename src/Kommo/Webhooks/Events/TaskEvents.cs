namespace Kommo.Webhooks;

/// <summary>A task was made.</summary>
public sealed class TaskAdded : TaskEvent
{
    internal TaskAdded(string entity, string action, WebhookFields fields)
        : base(entity, action, fields)
    {
    }
}

/// <summary>A task changed. Closing one from the task list sends two: closed, then the result.</summary>
public sealed class TaskUpdated : TaskEvent
{
    internal TaskUpdated(string entity, string action, WebhookFields fields)
        : base(entity, action, fields)
    {
    }

    /// <summary>Whether this change closed the task.</summary>
    public bool ClosedByThisChange => Fields.GetInt64("action_close") == 1;

    /// <summary>The text before.</summary>
    public string? OldText => Fields["old_text"];

    /// <summary>What came of it.</summary>
    public string? ResultText => Fields["result[text]"];

    /// <summary>The id of the result's note.</summary>
    public long? ResultId => Fields.GetInt64("result[id]");
}

/// <summary>A task was deleted; only its id is told.</summary>
public sealed class TaskDeleted : TaskEvent
{
    internal TaskDeleted(string entity, string action, WebhookFields fields)
        : base(entity, action, fields)
    {
    }
}

/// <summary>A task went to another user.</summary>
public sealed class TaskResponsibleChanged : TaskEvent
{
    internal TaskResponsibleChanged(string entity, string action, WebhookFields fields)
        : base(entity, action, fields)
    {
    }
}
