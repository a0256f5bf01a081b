namespace Kommo.Simulator;

/// <summary>A contact as the account holds it.</summary>
public sealed record SimulatedContact : SimulatedEntity
{
    /// <summary>The first name.</summary>
    public string FirstName { get; init; } = "";

    /// <summary>The last name.</summary>
    public string LastName { get; init; } = "";

    /// <summary>The company that the contact works for.</summary>
    public long? CompanyId { get; init; }

    internal override EntityKind Kind => EntityKind.Contact;

    internal override long? LinkedCompany => CompanyId;
}
