using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>What stands under <c>_embedded</c> of a lead, a contact or a company.</summary>
public sealed record EntityEmbedded
{
    /// <summary>Tags. When written, they replace the whole set.</summary>
    public IReadOnlyList<Tag>? Tags { get; set; }

    /// <summary>Linked contacts.</summary>
    public IReadOnlyList<EntityLink>? Contacts { get; set; }

    /// <summary>Linked companies; a lead and a contact have at most one.</summary>
    public IReadOnlyList<EntityLink>? Companies { get; set; }

    /// <summary>Linked leads.</summary>
    public IReadOnlyList<EntityLink>? Leads { get; set; }

    /// <summary>Linked customers.</summary>
    public IReadOnlyList<EntityLink>? Customers { get; set; }

    /// <summary>Linked list elements.</summary>
    public IReadOnlyList<EntityLink>? CatalogElements { get; set; }

    /// <summary>Everything else, such as <c>loss_reason</c> and <c>source</c>.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? AdditionalFields { get; set; }
}
