using Kommo;
using Kommo.Webhooks;

namespace KommoFunctions.Outbox;

/// <summary>Creates contacts.</summary>
internal sealed class ContactCreationLane() : CreationLane<NewContact, Contact>(LaneName, "add")
{
    public const string LaneName = "contacts.create";

    /// <summary>A robot may give it to somebody else as soon as it is there.</summary>
    protected override IReadOnlyList<string> Unsteady { get; } = ["request_id", "updated_at", "updated_by", "responsible_user_id"];

    protected override long? MadeIdOf(WebhookEvent e) => e is ContactAdded ? e.EntityId : null;

    protected override long IdOf(Contact thing) => thing.Id;

    protected override async Task<IReadOnlyList<MadeThing>> CreateAsync(KommoClient kommo, IReadOnlyList<NewContact> items, CancellationToken cancellationToken) =>
        MadeThings.Of(await kommo.Contacts.CreateInOneRequestAsync(items, cancellationToken));

    protected override IAsyncEnumerable<Contact> ListAsync(
        KommoClient kommo, IReadOnlyList<NewContact> items, DateTimeOffset since, CancellationToken cancellationToken) =>
        CreationWindow.Of([.. items.Select(item => item.CreatedAt)], since).ToAsyncEnumerable().SelectMany(range =>
            kommo.Contacts.ListAsync(new ContactQuery { CreatedAt = range, With = ContactWith.Leads | ContactWith.Customers }, cancellationToken));
}
