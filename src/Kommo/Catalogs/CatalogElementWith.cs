namespace Kommo;

/// <summary>What elements are asked to show besides their basics (Kommo: Lists, elements, <c>with</c>).</summary>
[Flags]
public enum CatalogElementWith
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>The page on which an invoice can be paid.</summary>
    InvoiceLink = 1 << 0,

    /// <summary>The values of the supplier's fields.</summary>
    SupplierFieldValues = 1 << 1,
}
