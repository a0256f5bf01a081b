namespace Kommo;

/// <summary>A link from one entity to another, to make or to take away (Kommo: Links).</summary>
public sealed record Link
{
    /// <summary>The entity that the link starts from. Left null where the call names one entity.</summary>
    public long? EntityId { get; init; }

    /// <summary>The entity that it leads to.</summary>
    public required long ToEntityId { get; init; }

    /// <summary>That entity's kind.</summary>
    public required EntityType ToEntityType { get; init; }

    /// <summary>What more there is to say of the link.</summary>
    public LinkMetadata? Metadata { get; init; }

    /// <summary>A link to a lead.</summary>
    public static Link ToLead(long id) => new() { ToEntityId = id, ToEntityType = EntityType.Leads };

    /// <summary>A link to a contact.</summary>
    /// <param name="id">The contact's id.</param>
    /// <param name="isMain">Whether it is the lead's main contact; null leaves it to Kommo.</param>
    public static Link ToContact(long id, bool? isMain = null) =>
        new() { ToEntityId = id, ToEntityType = EntityType.Contacts, Metadata = isMain is null ? null : new() { IsMain = isMain } };

    /// <summary>A link to a company.</summary>
    public static Link ToCompany(long id) => new() { ToEntityId = id, ToEntityType = EntityType.Companies };

    /// <summary>A link to a customer.</summary>
    public static Link ToCustomer(long id) => new() { ToEntityId = id, ToEntityType = EntityType.Customers };

    /// <summary>A link to an element of a list, such as a product.</summary>
    /// <param name="catalogId">The list.</param>
    /// <param name="elementId">The element.</param>
    /// <param name="quantity">How many; null for one.</param>
    public static Link ToCatalogElement(long catalogId, long elementId, decimal? quantity = null) => new()
    {
        ToEntityId = elementId,
        ToEntityType = EntityType.CatalogElements,
        Metadata = new() { CatalogId = catalogId, Quantity = quantity },
    };
}

/// <summary>What more there is to say of a link (Kommo: Links, <c>metadata</c>).</summary>
public sealed record LinkMetadata
{
    /// <summary>The list that an element belongs to.</summary>
    public long? CatalogId { get; init; }

    /// <summary>How many of an element.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>Whether a contact is the lead's main one.</summary>
    public bool? IsMain { get; init; }

    /// <summary>The user shown as the one who made the link.</summary>
    public long? UpdatedBy { get; init; }

    /// <summary>The field of an element's list that its price is taken from.</summary>
    public long? PriceId { get; init; }

    /// <summary>Everything else that Kommo sent.</summary>
    [System.Text.Json.Serialization.JsonExtensionData]
    public IDictionary<string, System.Text.Json.JsonElement>? AdditionalFields { get; set; }
}
