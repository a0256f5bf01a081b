using Kommo;

namespace KommoFunctions.Outbox;

/// <summary>Creates a customer.</summary>
/// <param name="Customer">The customer.</param>
/// <example><code>context.Send(new CreateCustomer(new NewCustomer { Name = "Ann" }));</code></example>
public sealed record CreateCustomer(NewCustomer Customer) : KommoCommand
{
    internal override string Lane => CustomerCreationLane.LaneName;

    internal override object Item => Customer;

    internal override void Require() => CommandCheck.Item(Customer);
}

/// <summary>Changes fields of a customer.</summary>
/// <param name="Update">The fields that change.</param>
/// <example><code>context.Send(new UpdateCustomer(new CustomerUpdate { Id = customer, NextPrice = 50 }));</code></example>
public sealed record UpdateCustomer(CustomerUpdate Update) : KommoCommand
{
    internal override string Lane => Lanes.UpdateOf(EntityType.Customers);

    internal override object Item => Update;

    internal override void Require() => CommandCheck.Update(Update);
}
