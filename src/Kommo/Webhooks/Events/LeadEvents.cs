namespace Kommo.Webhooks;

/// <summary>A lead was made.</summary>
public sealed class LeadAdded : LeadEvent
{
    internal LeadAdded(string entity, string action, WebhookFields fields)
        : base(entity, action, fields)
    {
    }
}

/// <summary>A lead changed.</summary>
public sealed class LeadUpdated : LeadEvent
{
    internal LeadUpdated(string entity, string action, WebhookFields fields)
        : base(entity, action, fields)
    {
    }
}

/// <summary>A lead was deleted; only its id, stage and pipeline are told.</summary>
public sealed class LeadDeleted : LeadEvent
{
    internal LeadDeleted(string entity, string action, WebhookFields fields)
        : base(entity, action, fields)
    {
    }
}

/// <summary>A deleted lead came back.</summary>
public sealed class LeadRestored : LeadEvent
{
    internal LeadRestored(string entity, string action, WebhookFields fields)
        : base(entity, action, fields)
    {
    }
}

/// <summary>A lead moved to another stage; an update is often sent as well.</summary>
public sealed class LeadStatusChanged : LeadEvent
{
    internal LeadStatusChanged(string entity, string action, WebhookFields fields)
        : base(entity, action, fields)
    {
    }
}

/// <summary>A lead went to another user.</summary>
public sealed class LeadResponsibleChanged : LeadEvent
{
    internal LeadResponsibleChanged(string entity, string action, WebhookFields fields)
        : base(entity, action, fields)
    {
    }
}

/// <summary>A note was put on a lead.</summary>
public sealed class LeadNoteAdded : LeadEvent
{
    internal LeadNoteAdded(string entity, string action, WebhookFields fields)
        : base(entity, action, fields)
    {
    }

    /// <summary>The note.</summary>
    public WebhookNote Note => new(Fields);

    /// <inheritdoc />
    public override long? EntityId => Note.ElementId;
}
