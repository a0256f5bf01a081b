namespace Kommo;

/// <summary>A chat to create (Kommo: Chats API, creating a chat). Null is not sent.</summary>
public sealed record NewChat
{
    /// <summary>The chat's id on the integration's side.</summary>
    public required string ConversationId { get; init; }

    /// <summary>The customer.</summary>
    public required ChatUser User { get; init; }

    /// <summary>The source of the chat; null for the default one.</summary>
    public ChatSource? Source { get; init; }
}

/// <summary>What Kommo answers for a chat (Kommo: Chats API, creating a chat).</summary>
public sealed class CreatedChat : KommoObject
{
    /// <summary>The chat's id in the Chats API.</summary>
    public string? Id { get; set; }

    /// <summary>The customer, by the ids of the Chats API.</summary>
    public ChatParticipant? User { get; set; }
}

/// <summary>The source of a chat or a message (Kommo: Chats API, <c>source</c>).</summary>
/// <param name="ExternalId">The source's id on the integration's side: <see cref="Kommo.Source.ExternalId"/>.</param>
public sealed record ChatSource(string ExternalId);
