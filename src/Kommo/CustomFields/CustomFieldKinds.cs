namespace Kommo;

/// <summary>Kinds of telephone numbers (Kommo: Custom fields, multitext).</summary>
public enum PhoneKind
{
    /// <summary>At work.</summary>
    Work,

    /// <summary>At work, the direct line.</summary>
    WorkDirect,

    /// <summary>Mobile.</summary>
    Mobile,

    /// <summary>Fax.</summary>
    Fax,

    /// <summary>At home.</summary>
    Home,

    /// <summary>Another one.</summary>
    Other,
}

/// <summary>Kinds of e-mail addresses (Kommo: Custom fields, multitext).</summary>
public enum EmailKind
{
    /// <summary>At work.</summary>
    Work,

    /// <summary>Private.</summary>
    Private,

    /// <summary>Another one.</summary>
    Other,
}

/// <summary>Parts of an address (Kommo: Custom fields, smart_address).</summary>
public enum AddressPart
{
    /// <summary>The first line.</summary>
    AddressLine1,

    /// <summary>The second line.</summary>
    AddressLine2,

    /// <summary>The town.</summary>
    City,

    /// <summary>The state or region.</summary>
    State,

    /// <summary>The post code.</summary>
    Zip,

    /// <summary>The country, as its two-letter code.</summary>
    Country,
}
