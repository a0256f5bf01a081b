using Kommo;
using Kommo.Webhooks;

namespace KommoFunctions.Outbox;

/// <summary>Creates customers.</summary>
internal sealed class CustomerCreationLane() : CreationLane<NewCustomer, Customer>(LaneName, "add")
{
    public const string LaneName = "customers.create";

    /// <summary>A robot may move it or give it to somebody else as soon as it is there.</summary>
    protected override IReadOnlyList<string> Unsteady { get; } =
        ["request_id", "updated_at", "updated_by", "status_id", "responsible_user_id"];

    protected override long? MadeIdOf(WebhookEvent e) => e is CustomerAdded ? e.EntityId : null;

    protected override long IdOf(Customer thing) => thing.Id;

    protected override async Task<IReadOnlyList<MadeThing>> CreateAsync(KommoClient kommo, IReadOnlyList<NewCustomer> items, CancellationToken cancellationToken) =>
        MadeThings.Of(await kommo.Customers.CreateInOneRequestAsync(items, cancellationToken));

    protected override IAsyncEnumerable<Customer> ListAsync(
        KommoClient kommo, IReadOnlyList<NewCustomer> items, DateTimeOffset since, CancellationToken cancellationToken) =>
        CreationWindow.Of([.. items.Select(item => item.CreatedAt)], since).ToAsyncEnumerable().SelectMany(range =>
            kommo.Customers.ListAsync(new CustomerQuery { CreatedAt = range, With = CustomerWith.Contacts | CustomerWith.Companies | CustomerWith.Segments }, cancellationToken));
}
