namespace Kommo.Webhooks;

/// <summary>A company was made.</summary>
public sealed class CompanyAdded : CompanyEvent
{
    internal CompanyAdded(EventSource source)
        : base(source)
    {
    }
}

/// <summary>A company changed. A new responsible user comes as its own kind of it: <see cref="CompanyResponsibleChanged"/>.</summary>
public class CompanyUpdated : CompanyEvent
{
    internal CompanyUpdated(EventSource source)
        : base(source)
    {
    }
}

/// <summary>
/// A company went to another user. Kommo sends an update, with the user before and a user now that differ; whatever else changed is in it as well.
/// </summary>
public sealed class CompanyResponsibleChanged : CompanyUpdated
{
    internal CompanyResponsibleChanged(EventSource source)
        : base(source)
    {
    }
}

/// <summary>A company was deleted; only its id is told.</summary>
public sealed class CompanyDeleted : CompanyEvent
{
    internal CompanyDeleted(EventSource source)
        : base(source)
    {
    }
}

/// <summary>A deleted company came back.</summary>
public sealed class CompanyRestored : CompanyEvent
{
    internal CompanyRestored(EventSource source)
        : base(source)
    {
    }
}

/// <summary>A note was put on a company.</summary>
public sealed class CompanyNoteAdded : CompanyEvent, INoteEvent
{
    internal CompanyNoteAdded(EventSource source)
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
