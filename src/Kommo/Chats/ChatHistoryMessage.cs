using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A message of a chat (Kommo: Chats API, history).</summary>
public sealed class ChatHistoryMessage : KommoObject
{
    /// <summary>When it was written, in whole seconds; <see cref="SentAt"/> is finer.</summary>
    public DateTimeOffset? Timestamp { get; set; }

    /// <summary>When it was written, in unix milliseconds.</summary>
    public long? MsecTimestamp { get; set; }

    /// <summary>When it was written.</summary>
    [JsonIgnore]
    public DateTimeOffset? SentAt => MsecTimestamp is { } milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : Timestamp;

    /// <summary>Who wrote it.</summary>
    public ChatParticipant? Sender { get; set; }

    /// <summary>Who got it.</summary>
    public ChatParticipant? Receiver { get; set; }

    /// <summary>What it says.</summary>
    public ChatHistoryContent? Message { get; set; }
}

/// <summary>What a message of a chat says (Kommo: Chats API, history).</summary>
public sealed class ChatHistoryContent : KommoObject
{
    /// <summary>The message's id in the Chats API.</summary>
    public string? Id { get; set; }

    /// <summary>The message's id on the integration's side.</summary>
    public string? ClientId { get; set; }

    /// <summary>The kind, such as <c>text</c> or <c>picture</c>.</summary>
    public string? Type { get; set; }

    /// <summary>The text.</summary>
    public string? Text { get; set; }

    /// <summary>Where the file can be fetched.</summary>
    public string? Media { get; set; }

    /// <summary>Where a smaller picture can be fetched.</summary>
    public string? Thumbnail { get; set; }

    /// <summary>The file's name.</summary>
    public string? FileName { get; set; }

    /// <summary>The file's size in bytes.</summary>
    public long? FileSize { get; set; }
}

internal sealed record ChatHistory
{
    public IReadOnlyList<ChatHistoryMessage>? Messages { get; set; }
}
