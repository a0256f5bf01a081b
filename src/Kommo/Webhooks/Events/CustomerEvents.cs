namespace Kommo.Webhooks;

/// <summary>A customer was made.</summary>
public sealed class CustomerAdded : CustomerEvent
{
    internal CustomerAdded(EventSource source)
        : base(source)
    {
    }
}

/// <summary>A customer changed.</summary>
public sealed class CustomerUpdated : CustomerEvent
{
    internal CustomerUpdated(EventSource source)
        : base(source)
    {
    }
}

/// <summary>A customer was deleted.</summary>
public sealed class CustomerDeleted : CustomerEvent
{
    internal CustomerDeleted(EventSource source)
        : base(source)
    {
    }
}

/// <summary>A customer went to another user.</summary>
public sealed class CustomerResponsibleChanged : CustomerEvent
{
    internal CustomerResponsibleChanged(EventSource source)
        : base(source)
    {
    }
}

/// <summary>
/// A customer came into another period: a trigger of the Digital Pipeline (<c>period</c>), which tells ids alone.
/// </summary>
public sealed class CustomerPeriodChanged : CustomerEvent
{
    internal CustomerPeriodChanged(EventSource source)
        : base(source)
    {
    }
}

/// <summary>A note was put on a customer.</summary>
public sealed class CustomerNoteAdded : CustomerEvent, INoteEvent
{
    internal CustomerNoteAdded(EventSource source)
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
