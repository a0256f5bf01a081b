namespace Kommo;

/// <summary>What leads are asked to show besides their basics (Kommo: Leads, <c>with</c>). Companies always show.</summary>
[Flags]
public enum LeadWith
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>Linked list elements.</summary>
    CatalogElements = 1 << 0,

    /// <summary>Whether a robot changed the price last.</summary>
    IsPriceModifiedByRobot = 1 << 1,

    /// <summary>The reason for the loss.</summary>
    LossReason = 1 << 2,

    /// <summary>Linked contacts.</summary>
    Contacts = 1 << 3,

    /// <summary>Deleted leads, and only those.</summary>
    OnlyDeleted = 1 << 4,

    /// <summary>The source's id.</summary>
    SourceId = 1 << 5,

    /// <summary>The source.</summary>
    Source = 1 << 6,
}
