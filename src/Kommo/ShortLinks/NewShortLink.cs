namespace Kommo;

/// <summary>A link to shorten (Kommo: Short links). Kommo notes on the entity when it is followed.</summary>
public sealed record NewShortLink : WriteItem
{
    /// <summary>Where it leads.</summary>
    public required Uri Url { get; init; }

    /// <summary>Whom it is for.</summary>
    public required ShortLinkMetadata Metadata { get; init; }

    /// <summary>A link for a contact, the one kind of entity that Kommo names.</summary>
    /// <param name="contactId">The contact's id.</param>
    /// <param name="url">Where it leads.</param>
    public static NewShortLink ForContact(long contactId, Uri url) =>
        new() { Url = url, Metadata = new() { EntityId = contactId, EntityType = EntityType.Contacts } };
}
