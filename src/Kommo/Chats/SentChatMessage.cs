using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>What Kommo answers for a message, by the ids of the Chats API (Kommo: Chats API, sending messages).</summary>
public sealed class SentChatMessage : KommoObject
{
    /// <summary>The message's id in the Chats API.</summary>
    [JsonPropertyName("msgid")]
    public string? MessageId { get; set; }

    /// <summary>The message's id on the integration's side.</summary>
    public string? RefId { get; set; }

    /// <summary>The chat's id in the Chats API.</summary>
    public string? ConversationId { get; set; }

    /// <summary>The sender's id in the Chats API.</summary>
    public string? SenderId { get; set; }

    /// <summary>The receiver's id in the Chats API.</summary>
    public string? ReceiverId { get; set; }
}

internal sealed record ChatEvent<T>(string EventType, T Payload);

internal sealed record ChatEventAnswer
{
    public SentChatMessage? NewMessage { get; set; }
}
