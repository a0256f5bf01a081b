namespace Kommo;

/// <summary>Somebody in a chat, as the integration tells it (Kommo: Chats API, <c>user</c>, <c>sender</c>, <c>receiver</c>). Null is not sent.</summary>
public sealed record ChatUser
{
    /// <summary>The participant's id on the integration's side.</summary>
    public required string Id { get; init; }

    /// <summary>The participant's name.</summary>
    public string? Name { get; init; }

    /// <summary>The participant's id in the Chats API: a user's <c>amojo_id</c>, or the bot's id from the channel's registration.</summary>
    public string? RefId { get; init; }

    /// <summary>Where a picture can be fetched.</summary>
    public Uri? Avatar { get; init; }

    /// <summary>The participant's page in the messenger.</summary>
    public Uri? ProfileLink { get; init; }

    /// <summary>How else to reach the participant; goes into the contact.</summary>
    public ChatProfile? Profile { get; init; }
}

/// <summary>How else to reach somebody in a chat (Kommo: Chats API, <c>profile</c>).</summary>
public sealed record ChatProfile
{
    /// <summary>The telephone number.</summary>
    public string? Phone { get; init; }

    /// <summary>The e-mail address.</summary>
    public string? Email { get; init; }
}

/// <summary>Somebody in a chat, as Kommo tells it (Kommo: Chats API).</summary>
public sealed class ChatParticipant : KommoObject
{
    /// <summary>The participant's id in the Chats API.</summary>
    public string? Id { get; set; }

    /// <summary>The participant's id on the integration's side.</summary>
    public string? ClientId { get; set; }

    /// <summary>The participant's name.</summary>
    public string? Name { get; set; }

    /// <summary>Where a picture can be fetched.</summary>
    public string? Avatar { get; set; }

    /// <summary>The telephone number.</summary>
    public string? Phone { get; set; }

    /// <summary>The e-mail address.</summary>
    public string? Email { get; set; }
}
