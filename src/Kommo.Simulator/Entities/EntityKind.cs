namespace Kommo.Simulator;

/// <summary>What tasks and notes hang on.</summary>
public enum EntityKind
{
    /// <summary>A lead: <c>leads</c> in the API, 2 in hooks.</summary>
    Lead,

    /// <summary>A contact: <c>contacts</c> in the API, 1 in hooks.</summary>
    Contact,

    /// <summary>A company: <c>companies</c> in the API, 3 in hooks (where it travels as a contact of type company).</summary>
    Company,

    /// <summary>A customer: <c>customers</c> in the API, 12 in hooks.</summary>
    Customer,
}
