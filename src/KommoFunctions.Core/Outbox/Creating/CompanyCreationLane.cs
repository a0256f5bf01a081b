using Kommo;
using Kommo.Webhooks;

namespace KommoFunctions.Outbox;

/// <summary>Creates companies.</summary>
internal sealed class CompanyCreationLane() : CreationLane<NewCompany, Company>(LaneName, "add")
{
    public const string LaneName = "companies.create";

    /// <summary>A robot may give it to somebody else as soon as it is there.</summary>
    protected override IReadOnlyList<string> Unsteady { get; } = ["request_id", "updated_at", "updated_by", "responsible_user_id"];

    protected override long? MadeIdOf(WebhookEvent e) => e is CompanyAdded ? e.EntityId : null;

    protected override long IdOf(Company thing) => thing.Id;

    protected override async Task<IReadOnlyList<MadeThing>> CreateAsync(KommoClient kommo, IReadOnlyList<NewCompany> items, CancellationToken cancellationToken) =>
        MadeThings.Of(await kommo.Companies.CreateInOneRequestAsync(items, cancellationToken));

    protected override IAsyncEnumerable<Company> ListAsync(
        KommoClient kommo, IReadOnlyList<NewCompany> items, DateTimeOffset since, CancellationToken cancellationToken) =>
        CreationWindow.Of([.. items.Select(item => item.CreatedAt)], since).ToAsyncEnumerable().SelectMany(range =>
            kommo.Companies.ListAsync(new CompanyQuery { CreatedAt = range, With = CompanyWith.Contacts | CompanyWith.Leads | CompanyWith.Customers }, cancellationToken));
}
