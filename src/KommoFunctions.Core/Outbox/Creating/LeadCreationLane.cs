using Kommo;
using Kommo.Webhooks;

namespace KommoFunctions.Outbox;

/// <summary>Creates leads.</summary>
internal sealed class LeadCreationLane() : CreationLane<NewLead, Lead>(LaneName, "add")
{
    public const string LaneName = "leads.create";

    /// <summary>A robot may move it or give it to somebody else as soon as it is there.</summary>
    protected override IReadOnlyList<string> Unsteady { get; } =
        ["request_id", "updated_at", "updated_by", "status_id", "pipeline_id", "responsible_user_id"];

    protected override long? MadeIdOf(WebhookEvent e) => e is LeadAdded ? e.EntityId : null;

    protected override long IdOf(Lead thing) => thing.Id;

    protected override async Task<IReadOnlyList<MadeThing>> CreateAsync(KommoClient kommo, IReadOnlyList<NewLead> items, CancellationToken cancellationToken) =>
        MadeThings.Of(await kommo.Leads.CreateInOneRequestAsync(items, cancellationToken));

    protected override IAsyncEnumerable<Lead> ListAsync(
        KommoClient kommo, IReadOnlyList<NewLead> items, DateTimeOffset since, CancellationToken cancellationToken) =>
        CreationWindow.Of([.. items.Select(item => item.CreatedAt)], since).ToAsyncEnumerable().SelectMany(range =>
            kommo.Leads.ListAsync(new LeadQuery { CreatedAt = range, With = LeadWith.Contacts }, cancellationToken));
}
