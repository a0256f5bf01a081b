namespace Kommo.Webhooks;

/// <summary>A message of a chat. It is named by its <see cref="MessageId"/>, a UUID.</summary>
public abstract class MessageEvent : WebhookEvent
{
    private protected MessageEvent(EventSource source)
        : base(source)
    {
    }

    /// <summary>The message's id.</summary>
    public string? MessageId => Fields.GetText("id"u8);

    /// <summary>The chat, a UUID.</summary>
    public string? ChatId => Fields.GetText("chat_id"u8);

    /// <summary>The talk.</summary>
    public long? TalkId => Fields.GetInt64("talk_id"u8);

    /// <summary>The contact.</summary>
    public long? ContactId => Fields.GetInt64("contact_id"u8);

    /// <summary>The text; can be empty.</summary>
    public string? Text => Fields.GetText("text"u8);

    /// <summary>What kind of message it is, such as <c>text</c>, where Kommo tells.</summary>
    public string? MessageType => Fields.GetText("message_type"u8);

    /// <summary>The file that came with it.</summary>
    public WebhookAttachment? Attachment => WebhookAttachment.Read(Fields);

    /// <summary>The entity that the chat belongs to, as a rule a lead.</summary>
    public long? ElementId => Fields.GetInt64("element_id"u8) ?? Fields.GetInt64("entity_id"u8);

    /// <summary>That entity's kind.</summary>
    public EntityType? ElementType => Fields.GetEntityType("entity_type"u8) ?? Fields.GetEntityType("element_type"u8);

    /// <summary>Who wrote it.</summary>
    public WebhookParty? Author => WebhookParty.Author(Fields);

    /// <summary>The messenger, such as <c>telegram</c> or <c>waba</c>.</summary>
    public string? Origin => Fields.GetText("origin"u8);

    /// <summary>When it was written.</summary>
    public DateTimeOffset? CreatedAt => Fields.GetTime("created_at"u8);
}

/// <summary>A message came in.</summary>
public sealed class MessageReceived : MessageEvent
{
    internal MessageReceived(EventSource source)
        : base(source)
    {
    }
}

/// <summary>A message went out. Kommo tells it since July 2026.</summary>
public sealed class MessageSent : MessageEvent
{
    internal MessageSent(EventSource source)
        : base(source)
    {
    }

    /// <summary>Who it is for.</summary>
    public WebhookParty? Recipient => WebhookParty.Recipient(Fields);

    /// <summary>The source that sent it.</summary>
    public long? SourceId => Fields.GetInt64("source_id"u8);
}
