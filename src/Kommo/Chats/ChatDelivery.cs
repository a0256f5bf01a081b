using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>How far a message got (Kommo: Chats API, delivery status).</summary>
public sealed record ChatDelivery
{
    private ChatDelivery(int code) => Code = code;

    /// <summary>It was delivered.</summary>
    public static ChatDelivery Delivered { get; } = new(1);

    /// <summary>It was read.</summary>
    public static ChatDelivery Read { get; } = new(2);

    /// <summary>What went wrong; null when nothing did.</summary>
    [JsonPropertyName("error_code")]
    public ChatDeliveryError? Error { get; private init; }

    /// <summary>What went wrong in words, which the user sees.</summary>
    [JsonPropertyName("error")]
    public string? ErrorText { get; private init; }

    [JsonInclude]
    [JsonPropertyName("msgid")]
    internal string? MessageId { get; init; }

    [JsonInclude]
    [JsonPropertyName("status_code")]
    internal int Code { get; }

    /// <summary>Kommo's pages give the code two names, an older and a newer one.</summary>
    [JsonInclude]
    [JsonPropertyName("delivery_status")]
    internal int OldCode => Code;

    /// <summary>It was not delivered.</summary>
    /// <param name="error">Why.</param>
    /// <param name="text">Why in words, which the user sees; needed for <see cref="ChatDeliveryError.Other"/>.</param>
    /// <exception cref="ArgumentException">Another error has no words.</exception>
    public static ChatDelivery Failed(ChatDeliveryError error, string? text = null) =>
        error != ChatDeliveryError.Other || !string.IsNullOrWhiteSpace(text)
            ? new(-1) { Error = error, ErrorText = text }
            : throw new ArgumentException("An error of another kind must be told in words.", nameof(text));
}

/// <summary>Why a message was not delivered (Kommo: Chats API, delivery status, <c>error_code</c>).</summary>
public enum ChatDeliveryError
{
    /// <summary>The chat was deleted by the customer.</summary>
    ChatDeleted = 901,

    /// <summary>The integration is off on the channel's side.</summary>
    IntegrationOff = 902,

    /// <summary>The channel's server failed.</summary>
    ServerError = 903,

    /// <summary>There can be no conversation, for example since the number has no such messenger.</summary>
    NoConversation = 904,

    /// <summary>Anything else, which the text tells.</summary>
    Other = 905,
}
