using Kommo;

namespace KommoFunctions.Outbox;

/// <summary>Creates a lead.</summary>
/// <param name="Lead">The lead, linked to contacts and companies that exist.</param>
/// <example><code>context.Send(new CreateLead(new NewLead { Name = "Order 4711", Price = 120 }));</code></example>
public sealed record CreateLead(NewLead Lead) : KommoCommand
{
    internal override string Lane => LeadCreationLane.LaneName;

    internal override object Item => Lead;

    internal override void Require() => CommandCheck.Item(Lead);
}

/// <summary>Creates a lead together with its contact and its company.</summary>
/// <param name="Lead">The lead; at most 40 custom fields on each of the three (Kommo: Leads, complex adding).</param>
/// <example>
/// <code>context.Send(new CreateLeadComplete(new NewComplexLead { Name = "Form", Contact = new ComplexContact { Name = "Ann" } }));</code>
/// </example>
public sealed record CreateLeadComplete(NewComplexLead Lead) : KommoCommand
{
    internal override string Lane => ComplexLeadLane.LaneName;

    internal override object Item => Lead;

    internal override void Require() => CommandCheck.Item(Lead);
}

/// <summary>Changes fields of a lead.</summary>
/// <param name="Update">The fields that change.</param>
/// <example><code>context.Send(new UpdateLead(new LeadUpdate { Id = lead, Price = 150 }));</code></example>
public sealed record UpdateLead(LeadUpdate Update) : KommoCommand
{
    internal override string Lane => Lanes.UpdateOf(EntityType.Leads);

    internal override object Item => Update;

    internal override void Require() => CommandCheck.Update(Update);
}
