using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>An element to add to a list (Kommo: Lists, adding elements). Null is not sent.</summary>
public sealed record NewCatalogElement : WriteItem
{
    /// <summary>The element's name.</summary>
    public required string Name { get; init; }

    /// <summary>The element's currency, in a list of products or invoices.</summary>
    public long? CurrencyId { get; init; }

    /// <summary>Custom fields.</summary>
    [JsonPropertyName("custom_fields_values")]
    public IReadOnlyList<CustomFieldValues>? CustomFields { get; init; }

    /// <summary>The author shown; 0 shows a robot.</summary>
    public long? CreatedBy { get; init; }

    /// <summary>The last editor shown; 0 shows a robot.</summary>
    public long? UpdatedBy { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}
