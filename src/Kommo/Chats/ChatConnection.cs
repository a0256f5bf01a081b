namespace Kommo;

/// <summary>A channel to connect to an account (Kommo: Chats API, connecting).</summary>
public sealed record NewChatConnection
{
    /// <summary>The account's id in the Chats API: <c>amojo_id</c>, from <see cref="AccountWith.AmojoId"/>.</summary>
    public required string AccountId { get; init; }

    /// <summary>How the channel is called in this account; null for its own name.</summary>
    public string? Title { get; init; }

    /// <summary>The version of the hooks; Kommo has no other.</summary>
    public string HookApiVersion { get; init; } = "v2";

    /// <summary>Whether the channel's time to answer does not apply in this account. Default: it does.</summary>
    public bool? IsTimeWindowDisabled { get; init; }
}

/// <summary>A channel that is connected to an account (Kommo: Chats API, connecting).</summary>
public sealed class ChatConnection : KommoObject
{
    /// <summary>The account's id in the Chats API.</summary>
    public string? AccountId { get; set; }

    /// <summary>The channel in this account, which all further calls name.</summary>
    public string? ScopeId { get; set; }

    /// <summary>How the channel is called in this account.</summary>
    public string? Title { get; set; }

    /// <summary>The version of the hooks.</summary>
    public string? HookApiVersion { get; set; }

    /// <summary>Whether the channel's time to answer does not apply in this account.</summary>
    public bool? IsTimeWindowDisabled { get; set; }
}

internal sealed record ChatDisconnection(string AccountId);
