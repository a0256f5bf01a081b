namespace Kommo;

/// <summary>A list to create (Kommo: Lists, adding). Null is not sent.</summary>
public sealed record NewCatalog : WriteItem
{
    /// <summary>The list's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it holds: one of <see cref="CatalogTypes"/>. Default: <see cref="CatalogTypes.Regular"/>.</summary>
    public string? Type { get; init; }

    /// <summary>The list's place among the others.</summary>
    public int? Sort { get; init; }

    /// <summary>Whether elements can be added in Kommo's interface.</summary>
    public bool? CanAddElements { get; init; }

    /// <summary>Whether it has a tab in the cards of leads and customers.</summary>
    public bool? CanShowInCards { get; init; }

    /// <summary>Whether one element can be linked to several entities.</summary>
    public bool? CanLinkMultiple { get; init; }
}
