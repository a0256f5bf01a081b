namespace Kommo.Webhooks;

/// <summary>A lead was made.</summary>
public sealed class LeadAdded : LeadEvent
{
    internal LeadAdded(EventSource source)
        : base(source)
    {
    }
}

/// <summary>A lead changed.</summary>
public sealed class LeadUpdated : LeadEvent
{
    internal LeadUpdated(EventSource source)
        : base(source)
    {
    }
}

/// <summary>A lead was deleted; only its id, stage and pipeline are told.</summary>
public sealed class LeadDeleted : LeadEvent
{
    internal LeadDeleted(EventSource source)
        : base(source)
    {
    }
}

/// <summary>A deleted lead came back.</summary>
public sealed class LeadRestored : LeadEvent
{
    internal LeadRestored(EventSource source)
        : base(source)
    {
    }
}

/// <summary>A lead moved to another stage; an update is often sent as well.</summary>
public sealed class LeadStatusChanged : LeadEvent
{
    internal LeadStatusChanged(EventSource source)
        : base(source)
    {
    }
}

/// <summary>A lead went to another user.</summary>
public sealed class LeadResponsibleChanged : LeadEvent
{
    internal LeadResponsibleChanged(EventSource source)
        : base(source)
    {
    }
}

/// <summary>A note was put on a lead.</summary>
public sealed class LeadNoteAdded : LeadEvent, INoteEvent
{
    internal LeadNoteAdded(EventSource source)
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
