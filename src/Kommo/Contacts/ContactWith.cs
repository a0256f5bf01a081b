namespace Kommo;

/// <summary>What contacts are asked to show besides their basics (Kommo: Contacts, <c>with</c>).</summary>
[Flags]
public enum ContactWith
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>Linked list elements.</summary>
    CatalogElements = 1 << 0,

    /// <summary>Linked leads.</summary>
    Leads = 1 << 1,

    /// <summary>Linked customers.</summary>
    Customers = 1 << 2,
}
