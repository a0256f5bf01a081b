namespace Kommo.Simulator;

/// <summary>A company as the account holds it.</summary>
public sealed record SimulatedCompany : SimulatedEntity
{
    internal override EntityKind Kind => EntityKind.Company;
}
