namespace Kommo;

/// <summary>A message of a talk (Kommo: Talks, messages; new in 2026).</summary>
public sealed class TalkMessage : KommoObject
{
    /// <summary>The message's id.</summary>
    public string? Id { get; set; }

    /// <summary>The talk that it is in.</summary>
    public long? TalkId { get; set; }

    /// <summary>The chat that it is in.</summary>
    public string? ChatId { get; set; }

    /// <summary>The contact that the talk is with.</summary>
    public long? ContactId { get; set; }

    /// <summary>Whether it came in or went out: <c>incoming</c> or <c>outgoing</c>.</summary>
    public string? Type { get; set; }

    /// <summary>What it is: <c>text</c>, <c>picture</c>, <c>file</c>, <c>voice</c>, <c>location</c>...</summary>
    public string? MessageType { get; set; }

    /// <summary>The text.</summary>
    public string? Text { get; set; }

    /// <summary>How far it got: <c>sent</c>, <c>delivered</c>, <c>read</c>, <c>error</c>.</summary>
    public string? DeliveryStatus { get; set; }

    /// <summary>Who wrote it.</summary>
    public TalkMessageAuthor? Author { get; set; }

    /// <summary>What is attached.</summary>
    public TalkMessageAttachment? Attachment { get; set; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset? CreatedAt { get; set; }
}

/// <summary>Who wrote a message of a talk (Kommo: Talks, messages).</summary>
public sealed class TalkMessageAuthor : KommoObject
{
    /// <summary>The author's id in the chat.</summary>
    public string? Id { get; set; }

    /// <summary>A user (<c>internal</c>), a customer (<c>external</c>) or a <c>bot</c>.</summary>
    public string? Type { get; set; }

    /// <summary>The author's name.</summary>
    public string? Name { get; set; }

    /// <summary>The user's id, where a user wrote.</summary>
    public long? UserId { get; set; }
}

/// <summary>What is attached to a message of a talk (Kommo: Talks, messages).</summary>
public sealed class TalkMessageAttachment : KommoObject
{
    /// <summary>The kind, such as <c>picture</c>.</summary>
    public string? Type { get; set; }

    /// <summary>Where it can be fetched.</summary>
    public string? Link { get; set; }

    /// <summary>The file's name.</summary>
    public string? FileName { get; set; }
}
