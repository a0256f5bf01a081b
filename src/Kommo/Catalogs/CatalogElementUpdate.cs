using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A change to an element of a list (Kommo: Lists, editing elements).</summary>
public sealed record CatalogElementUpdate : EntityUpdate
{
    /// <summary>The element's name.</summary>
    public Change<string> Name { get; init; }

    /// <summary>The element's currency, in a list of products or invoices.</summary>
    public Change<long?> CurrencyId { get; init; }

    /// <summary>Custom fields to set or clear; the others stay.</summary>
    [JsonPropertyName("custom_fields_values")]
    public IReadOnlyList<CustomFieldValues>? CustomFields { get; init; }

    /// <summary>The last editor shown; 0 shows a robot.</summary>
    public Change<long> UpdatedBy { get; init; }
}
