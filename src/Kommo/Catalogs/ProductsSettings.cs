namespace Kommo;

/// <summary>How the account uses products (Kommo: Products, settings).</summary>
public sealed class ProductsSettings : KommoObject
{
    /// <summary>Whether the list of products is on.</summary>
    public bool? IsEnabled { get; set; }

    /// <summary>The list that holds the products.</summary>
    public long? CatalogId { get; set; }
}
