namespace Kommo;

/// <summary>A chat of a contact (Kommo: Contacts, chats).</summary>
public sealed class ContactChat : KommoObject
{
    /// <summary>The link's id.</summary>
    public long? Id { get; set; }

    /// <summary>The chat's id.</summary>
    public string? ChatId { get; set; }

    /// <summary>The contact.</summary>
    public long? ContactId { get; set; }
}

/// <summary>A chat to link to a contact.</summary>
public sealed record NewContactChat : WriteItem
{
    /// <summary>The contact.</summary>
    public required long ContactId { get; init; }

    /// <summary>The chat's id.</summary>
    public required string ChatId { get; init; }
}

/// <summary>Which chats of contacts to list.</summary>
public sealed record ContactChatQuery : ResourceQuery
{
    /// <summary>Of this contact.</summary>
    public long? ContactId { get; init; }

    /// <summary>This chat.</summary>
    public string? ChatId { get; init; }

    internal override void AddTo(QueryString query)
    {
        query.Add("contact_id", ContactId);
        query.Add("chat_id", ChatId);
    }
}
