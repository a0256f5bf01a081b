using Kommo;

namespace KommoFunctions.Outbox;

/// <summary>Creates a contact.</summary>
/// <param name="Contact">The contact.</param>
/// <example><code>context.Send(new CreateContact(new NewContact { Name = "Ann", CustomFields = [CustomFieldValues.Phone("+15551234567")] }));</code></example>
public sealed record CreateContact(NewContact Contact) : KommoCommand
{
    internal override string Lane => ContactCreationLane.LaneName;

    internal override object Item => Contact;

    internal override void Require() => CommandCheck.Item(Contact);
}

/// <summary>Changes fields of a contact.</summary>
/// <param name="Update">The fields that change.</param>
/// <example><code>context.Send(new UpdateContact(new ContactUpdate { Id = contact, FirstName = "Ann" }));</code></example>
public sealed record UpdateContact(ContactUpdate Update) : KommoCommand
{
    internal override string Lane => Lanes.UpdateOf(EntityType.Contacts);

    internal override object Item => Update;

    internal override void Require() => CommandCheck.Update(Update);
}
