using Kommo;

namespace KommoFunctions.Outbox;

/// <summary>Creates a company.</summary>
/// <param name="Company">The company.</param>
/// <example><code>context.Send(new CreateCompany(new NewCompany { Name = "Example Ltd" }));</code></example>
public sealed record CreateCompany(NewCompany Company) : KommoCommand
{
    internal override string Lane => CompanyCreationLane.LaneName;

    internal override object Item => Company;

    internal override void Require() => CommandCheck.Item(Company);
}

/// <summary>Changes fields of a company.</summary>
/// <param name="Update">The fields that change.</param>
/// <example><code>context.Send(new UpdateCompany(new CompanyUpdate { Id = company, Name = "Example Ltd" }));</code></example>
public sealed record UpdateCompany(CompanyUpdate Update) : KommoCommand
{
    internal override string Lane => Lanes.UpdateOf(EntityType.Companies);

    internal override object Item => Update;

    internal override void Require() => CommandCheck.Update(Update);
}
