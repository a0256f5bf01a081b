namespace Kommo;

/// <summary>What companies are asked to show besides their basics (Kommo: Companies, <c>with</c>).</summary>
[Flags]
public enum CompanyWith
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>Linked list elements.</summary>
    CatalogElements = 1 << 0,

    /// <summary>Linked leads.</summary>
    Leads = 1 << 1,

    /// <summary>Linked customers.</summary>
    Customers = 1 << 2,

    /// <summary>Linked contacts.</summary>
    Contacts = 1 << 3,
}
