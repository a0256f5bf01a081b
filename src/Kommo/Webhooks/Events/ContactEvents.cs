namespace Kommo.Webhooks;

/// <summary>A contact was made.</summary>
public sealed class ContactAdded : ContactEvent
{
    internal ContactAdded(string entity, string action, WebhookFields fields)
        : base(entity, action, fields)
    {
    }
}

/// <summary>A contact changed, or went to another user: Kommo sends both as an update.</summary>
public sealed class ContactUpdated : ContactEvent
{
    internal ContactUpdated(string entity, string action, WebhookFields fields)
        : base(entity, action, fields)
    {
    }

    /// <summary>Whether the responsible user changed; null when the hook does not tell both.</summary>
    public bool? ResponsibleChanged => OldResponsibleUserId is { } before && ResponsibleUserId is { } now ? before != now : null;
}

/// <summary>A contact was deleted; only its id is told.</summary>
public sealed class ContactDeleted : ContactEvent
{
    internal ContactDeleted(string entity, string action, WebhookFields fields)
        : base(entity, action, fields)
    {
    }
}

/// <summary>A deleted contact came back.</summary>
public sealed class ContactRestored : ContactEvent
{
    internal ContactRestored(string entity, string action, WebhookFields fields)
        : base(entity, action, fields)
    {
    }
}

/// <summary>A contact went to another user. Kommo documents an update instead; this is for the day it does not.</summary>
public sealed class ContactResponsibleChanged : ContactEvent
{
    internal ContactResponsibleChanged(string entity, string action, WebhookFields fields)
        : base(entity, action, fields)
    {
    }
}

/// <summary>A note was put on a contact.</summary>
public sealed class ContactNoteAdded : ContactEvent
{
    internal ContactNoteAdded(string entity, string action, WebhookFields fields)
        : base(entity, action, fields)
    {
    }

    /// <summary>The note.</summary>
    public WebhookNote Note => new(Fields);

    /// <inheritdoc />
    public override long? EntityId => Note.ElementId;
}
