using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A reaction to a message (Kommo: Chats API, reactions). Made by <see cref="React"/> and <see cref="Unreact"/>.</summary>
public sealed record ChatReaction
{
    [JsonConstructor]
    internal ChatReaction(string type) => Type = type;

    /// <summary>What is done: <c>react</c> or <c>unreact</c>.</summary>
    public string Type { get; }

    /// <summary>The emoji; null when it is taken away.</summary>
    public string? Emoji { get; private init; }

    /// <summary>Who reacts.</summary>
    public required ChatUserName User { get; init; }

    /// <summary>The chat's id on the integration's side.</summary>
    public string? ConversationId { get; init; }

    /// <summary>The chat's id in the Chats API; not needed with <see cref="ConversationId"/>.</summary>
    public string? ConversationRefId { get; init; }

    /// <summary>The message's id in the Chats API; this or <see cref="MessageId"/> is needed.</summary>
    public string? Id { get; init; }

    /// <summary>The message's id on the integration's side.</summary>
    [JsonPropertyName("msgid")]
    public string? MessageId { get; init; }

    /// <summary>Puts an emoji on a message.</summary>
    /// <param name="user">Who reacts.</param>
    /// <param name="conversationId">The chat's id on the integration's side.</param>
    /// <param name="messageId">The message's id on the integration's side.</param>
    /// <param name="emoji">The emoji.</param>
    public static ChatReaction React(ChatUserName user, string conversationId, string messageId, string emoji)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(emoji);
        return new("react") { User = user, ConversationId = conversationId, MessageId = messageId, Emoji = emoji };
    }

    /// <summary>Takes the reaction from a message.</summary>
    /// <param name="user">Who reacted.</param>
    /// <param name="conversationId">The chat's id on the integration's side.</param>
    /// <param name="messageId">The message's id on the integration's side.</param>
    public static ChatReaction Unreact(ChatUserName user, string conversationId, string messageId) =>
        new("unreact") { User = user, ConversationId = conversationId, MessageId = messageId };

    internal void Require()
    {
        if (Id is null && MessageId is null)
        {
            throw new ArgumentException("A reaction names the message, by either of its ids.");
        }
    }
}
