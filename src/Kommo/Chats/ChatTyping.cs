using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>Somebody types (Kommo: Chats API, typing).</summary>
public sealed record ChatTyping
{
    /// <summary>The chat's id on the integration's side.</summary>
    public required string ConversationId { get; init; }

    /// <summary>Who types.</summary>
    public required ChatUserName Sender { get; init; }

    /// <summary>How long it is shown; whole milliseconds. Default: 5 seconds.</summary>
    [JsonIgnore]
    public TimeSpan? Duration { get; init; }

    [JsonInclude]
    internal long? DurationMs => (long?)Duration?.TotalMilliseconds;
}

/// <summary>Somebody in a chat by their ids (Kommo: Chats API, typing and reactions).</summary>
public sealed record ChatUserName
{
    /// <summary>The participant's id on the integration's side.</summary>
    public string? Id { get; init; }

    /// <summary>The participant's id in the Chats API; needed where it is a user of Kommo.</summary>
    public string? RefId { get; init; }
}
