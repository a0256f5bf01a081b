using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>
/// A message to add (Kommo: Chats API, sending messages). With a sender alone it came from the customer; with a sender and a receiver it went
/// to the customer, from a user or a bot whose <see cref="ChatUser.RefId"/> says who. Null is not sent.
/// </summary>
public sealed record NewChatMessage
{
    /// <summary>The message's id on the integration's side.</summary>
    [JsonPropertyName("msgid")]
    public required string MessageId { get; init; }

    /// <summary>The chat's id on the integration's side.</summary>
    public required string ConversationId { get; init; }

    /// <summary>The chat's id in the Chats API, to answer in a chat that a user began.</summary>
    public string? ConversationRefId { get; init; }

    /// <summary>When it was written; milliseconds.</summary>
    [JsonPropertyName("msec_timestamp")]
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>Who wrote it.</summary>
    public required ChatUser Sender { get; init; }

    /// <summary>Who got it; null for a message from the customer.</summary>
    public ChatUser? Receiver { get; init; }

    /// <summary>What it says.</summary>
    public required ChatContent Message { get; init; }

    /// <summary>The source of the chat; null for the default one.</summary>
    public ChatSource? Source { get; init; }

    /// <summary>The message that it answers.</summary>
    public ChatReply? ReplyTo { get; init; }

    /// <summary>True tells nobody and makes no incoming lead.</summary>
    public bool Silent { get; init; }

    [JsonInclude]
    internal long Timestamp => SentAt.ToUnixTimeSeconds();
}

/// <summary>A change to a message (Kommo: Chats API, editing messages).</summary>
public sealed record ChatMessageEdit
{
    /// <summary>The message's id on the integration's side.</summary>
    [JsonPropertyName("msgid")]
    public required string MessageId { get; init; }

    /// <summary>The chat's id on the integration's side.</summary>
    public required string ConversationId { get; init; }

    /// <summary>When it was changed; milliseconds.</summary>
    [JsonPropertyName("msec_timestamp")]
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public required DateTimeOffset EditedAt { get; init; }

    /// <summary>What it says now.</summary>
    public required ChatContent Message { get; init; }

    [JsonInclude]
    internal long Timestamp => EditedAt.ToUnixTimeSeconds();
}

/// <summary>The message that another one answers (Kommo: Chats API, <c>reply_to</c>).</summary>
public sealed record ChatReply
{
    /// <summary>It, by its ids.</summary>
    public required ChatMessageName Message { get; init; }
}

/// <summary>A message by its ids, of which one is enough (Kommo: Chats API, <c>reply_to</c>).</summary>
public sealed record ChatMessageName
{
    /// <summary>The message's id in the Chats API.</summary>
    public string? Id { get; init; }

    /// <summary>The message's id on the integration's side.</summary>
    [JsonPropertyName("msgid")]
    public string? MessageId { get; init; }
}
