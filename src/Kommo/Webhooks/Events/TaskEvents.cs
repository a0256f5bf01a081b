namespace Kommo.Webhooks;

/// <summary>A task was made.</summary>
public sealed class TaskAdded : TaskEvent
{
    internal TaskAdded(EventSource source)
        : base(source)
    {
    }
}

/// <summary>A task changed. That it was completed comes as its own kind of it: <see cref="TaskCompleted"/>.</summary>
public class TaskUpdated : TaskEvent
{
    internal TaskUpdated(EventSource source)
        : base(source)
    {
    }

    /// <summary>Whether this change closed the task.</summary>
    public bool ClosedByThisChange => Closes(Action, Fields);

    /// <summary>The text before.</summary>
    public string? OldText => Fields.GetText("old_text"u8);

    /// <summary>What came of it.</summary>
    public string? ResultText => Fields.GetText("result[text]"u8);

    /// <summary>The id of the result's note.</summary>
    public long? ResultId => Fields.GetInt64("result[id]"u8);

    internal static bool Closes(string action, WebhookFields fields) => action == "complete" || fields.GetBoolean("action_close"u8) == true;
}

/// <summary>
/// A task was completed. Kommo sends an update that says so (<c>action_close</c>). When it was closed from the task list, its result comes with
/// the next <see cref="TaskUpdated"/>; from the task's card, with this one.
/// </summary>
public sealed class TaskCompleted : TaskUpdated
{
    internal TaskCompleted(EventSource source)
        : base(source)
    {
    }
}

/// <summary>A task was deleted; only its id is told.</summary>
public sealed class TaskDeleted : TaskEvent
{
    internal TaskDeleted(EventSource source)
        : base(source)
    {
    }
}

/// <summary>A task went to another user.</summary>
public sealed class TaskResponsibleChanged : TaskEvent
{
    internal TaskResponsibleChanged(EventSource source)
        : base(source)
    {
    }
}
