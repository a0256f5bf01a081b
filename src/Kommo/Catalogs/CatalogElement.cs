using System.Globalization;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>An element of a list: a product, an invoice... (Kommo: Lists, elements).</summary>
public sealed class CatalogElement : KommoObject
{
    /// <summary>The element's id.</summary>
    public long Id { get; init; }

    /// <summary>The list that it is in.</summary>
    public long? CatalogId { get; init; }

    /// <summary>The element's name.</summary>
    public string? Name { get; init; }

    /// <summary>Whether it was deleted.</summary>
    public bool? IsDeleted { get; init; }

    /// <summary>The element's currency, in a list of products or invoices.</summary>
    public long? CurrencyId { get; init; }

    /// <summary>The page on which the invoice can be paid; with <see cref="CatalogElementWith.InvoiceLink"/>.</summary>
    public string? InvoiceLink { get; init; }

    /// <summary>Custom fields.</summary>
    [JsonPropertyName("custom_fields_values")]
    public IReadOnlyList<CustomFieldValues>? CustomFields { get; init; }

    /// <summary>The user who made it; 0 for a robot.</summary>
    public long? CreatedBy { get; init; }

    /// <summary>The user who changed it last; 0 for a robot.</summary>
    public long? UpdatedBy { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The account's id.</summary>
    public long? AccountId { get; init; }

    private protected override string? AnsweredKey => Id.ToString(CultureInfo.InvariantCulture);
}
