namespace Kommo.Webhooks;

/// <summary>A company was made.</summary>
public sealed class CompanyAdded : CompanyEvent
{
    internal CompanyAdded(string entity, string action, WebhookFields fields)
        : base(entity, action, fields)
    {
    }
}

/// <summary>A company changed, or went to another user: Kommo sends both as an update.</summary>
public sealed class CompanyUpdated : CompanyEvent
{
    internal CompanyUpdated(string entity, string action, WebhookFields fields)
        : base(entity, action, fields)
    {
    }

    /// <summary>Whether the responsible user changed; null when the hook does not tell both.</summary>
    public bool? ResponsibleChanged => OldResponsibleUserId is { } before && ResponsibleUserId is { } now ? before != now : null;
}

/// <summary>A company was deleted; only its id is told.</summary>
public sealed class CompanyDeleted : CompanyEvent
{
    internal CompanyDeleted(string entity, string action, WebhookFields fields)
        : base(entity, action, fields)
    {
    }
}

/// <summary>A deleted company came back.</summary>
public sealed class CompanyRestored : CompanyEvent
{
    internal CompanyRestored(string entity, string action, WebhookFields fields)
        : base(entity, action, fields)
    {
    }
}

/// <summary>A company went to another user. Kommo documents an update instead; this is for the day it does not.</summary>
public sealed class CompanyResponsibleChanged : CompanyEvent
{
    internal CompanyResponsibleChanged(string entity, string action, WebhookFields fields)
        : base(entity, action, fields)
    {
    }
}

/// <summary>A note was put on a company.</summary>
public sealed class CompanyNoteAdded : CompanyEvent
{
    internal CompanyNoteAdded(string entity, string action, WebhookFields fields)
        : base(entity, action, fields)
    {
    }

    /// <summary>The note.</summary>
    public WebhookNote Note => new(Fields);

    /// <inheritdoc />
    public override long? EntityId => Note.ElementId;
}
