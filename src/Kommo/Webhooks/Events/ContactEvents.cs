namespace Kommo.Webhooks;

/// <summary>A contact was made.</summary>
public sealed class ContactAdded : ContactEvent
{
    internal ContactAdded(EventSource source)
        : base(source)
    {
    }
}

/// <summary>A contact changed. A new responsible user comes as its own kind of it: <see cref="ContactResponsibleChanged"/>.</summary>
public class ContactUpdated : ContactEvent
{
    internal ContactUpdated(EventSource source)
        : base(source)
    {
    }
}

/// <summary>
/// A contact went to another user. Kommo sends an update, with the user before and a user now that differ; whatever else changed is in it as well.
/// </summary>
public sealed class ContactResponsibleChanged : ContactUpdated
{
    internal ContactResponsibleChanged(EventSource source)
        : base(source)
    {
    }
}

/// <summary>A contact was deleted; only its id is told.</summary>
public sealed class ContactDeleted : ContactEvent
{
    internal ContactDeleted(EventSource source)
        : base(source)
    {
    }
}

/// <summary>A deleted contact came back.</summary>
public sealed class ContactRestored : ContactEvent
{
    internal ContactRestored(EventSource source)
        : base(source)
    {
    }
}

/// <summary>A note was put on a contact.</summary>
public sealed class ContactNoteAdded : ContactEvent, INoteEvent
{
    internal ContactNoteAdded(EventSource source)
        : base(source)
    {
    }

    /// <summary>The note.</summary>
    public WebhookNote Note => new(Fields);

    /// <inheritdoc />
    public override long? EntityId => Note.ElementId;

    /// <inheritdoc />
    public override DateTimeOffset? OccurredAt => Note.UpdatedAt ?? Note.CreatedAt;
}
