namespace Kommo;

/// <summary>The kinds of lists (Kommo: Lists, <c>type</c>).</summary>
public static class CatalogTypes
{
    /// <summary>A list of anything.</summary>
    public const string Regular = "regular";

    /// <summary>Invoices.</summary>
    public const string Invoices = "invoices";

    /// <summary>Products.</summary>
    public const string Products = "products";

    /// <summary>Suppliers; Kommo makes this list itself.</summary>
    public const string Suppliers = "suppliers";
}
