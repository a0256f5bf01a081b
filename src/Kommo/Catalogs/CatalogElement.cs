using System.Globalization;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>An element of a list: a product, an invoice... (Kommo: Lists, elements).</summary>
public sealed class CatalogElement : KommoObject
{
    /// <summary>The element's id.</summary>
    public long Id { get; set; }

    /// <summary>The list that it is in.</summary>
    public long? CatalogId { get; set; }

    /// <summary>The element's name.</summary>
    public string? Name { get; set; }

    /// <summary>Whether it was deleted.</summary>
    public bool? IsDeleted { get; set; }

    /// <summary>The element's currency, in a list of products or invoices.</summary>
    public long? CurrencyId { get; set; }

    /// <summary>The page on which the invoice can be paid; with <see cref="CatalogElementWith.InvoiceLink"/>.</summary>
    public string? InvoiceLink { get; set; }

    /// <summary>Custom fields.</summary>
    [JsonPropertyName("custom_fields_values")]
    public IReadOnlyList<CustomFieldValues>? CustomFields { get; set; }

    /// <summary>The user who made it; 0 for a robot.</summary>
    public long? CreatedBy { get; set; }

    /// <summary>The user who changed it last; 0 for a robot.</summary>
    public long? UpdatedBy { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }

    /// <summary>The account's id.</summary>
    public long? AccountId { get; set; }

    private protected override string? AnsweredKey => Id.ToString(CultureInfo.InvariantCulture);
}
