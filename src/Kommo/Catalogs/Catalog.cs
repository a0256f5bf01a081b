using System.Globalization;

namespace Kommo;

/// <summary>A list: of products, invoices, suppliers, or of anything (Kommo: Lists; the API calls them catalogs).</summary>
public sealed class Catalog : KommoObject
{
    /// <summary>The list's id.</summary>
    public long Id { get; set; }

    /// <summary>The list's name.</summary>
    public string? Name { get; set; }

    /// <summary>What it holds: one of <see cref="CatalogTypes"/>.</summary>
    public string? Type { get; set; }

    /// <summary>The list's place among the others.</summary>
    public int? Sort { get; set; }

    /// <summary>Whether elements can be added in Kommo's interface.</summary>
    public bool? CanAddElements { get; set; }

    /// <summary>Whether it has a tab in the cards of leads and customers.</summary>
    public bool? CanShowInCards { get; set; }

    /// <summary>Whether one element can be linked to several entities.</summary>
    public bool? CanLinkMultiple { get; set; }

    /// <summary>Whether it can be deleted, which only Kommo's interface does.</summary>
    public bool? CanBeDeleted { get; set; }

    /// <summary>The code of the widget that it belongs to.</summary>
    public string? SdkWidgetCode { get; set; }

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
