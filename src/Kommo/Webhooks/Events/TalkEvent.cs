namespace Kommo.Webhooks;

/// <summary>Something happened to a talk: a conversation with a contact in one chat.</summary>
public abstract class TalkEvent : WebhookEvent
{
    private protected TalkEvent(EventSource source)
        : base(source)
    {
    }

    /// <summary>The talk's id.</summary>
    public override long? EntityId => Fields.GetInt64("talk_id"u8) ?? Fields.GetInt64("id"u8);

    /// <summary>The contact.</summary>
    public long? ContactId => Fields.GetInt64("contact_id"u8);

    /// <summary>The chat, a UUID.</summary>
    public string? ChatId => Fields.GetText("chat_id"u8);

    /// <summary>The entity that the talk is about, as a rule a lead.</summary>
    public long? ElementId => Fields.GetInt64("entity_id"u8) ?? Fields.GetInt64("element_id"u8);

    /// <summary>That entity's kind.</summary>
    public EntityType? ElementType => Fields.GetEntityType("entity_type"u8) ?? Fields.GetEntityType("element_type"u8);

    /// <summary>Whether somebody works on it.</summary>
    public bool? IsInWork => Fields.GetBoolean("is_in_work"u8);

    /// <summary>Whether it was read.</summary>
    public bool? IsRead => Fields.GetBoolean("is_read"u8);

    /// <summary>The rating that the contact gave.</summary>
    public long? Rate => Fields.GetInt64("rate"u8);

    /// <summary>The messenger, such as <c>telegram</c>.</summary>
    public string? Origin => Fields.GetText("origin"u8);

    /// <summary>When it began.</summary>
    public DateTimeOffset? CreatedAt => Fields.GetTime("created_at"u8);

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt => Fields.GetTime("updated_at"u8);
}

/// <summary>A talk began.</summary>
public sealed class TalkAdded : TalkEvent
{
    internal TalkAdded(EventSource source)
        : base(source)
    {
    }
}

/// <summary>A talk changed: it was read, taken up, closed, rated.</summary>
public sealed class TalkUpdated : TalkEvent
{
    internal TalkUpdated(EventSource source)
        : base(source)
    {
    }
}
