using Kommo;
using Kommo.Webhooks;
using KommoFunctions.OwnWrites;
using KommoFunctions.Splitting;

namespace KommoFunctions.Outbox;

/// <summary>
/// Creates leads with their contacts and companies. In doubt a lead is found together with what was made with it: many forms give all their leads
/// one name.
/// </summary>
internal sealed class ComplexLeadLane() : CreationLane<NewComplexLead, Lead>(LaneName, Add)
{
    public const string LaneName = "leads.complex.create";

    private const string Add = "add";

    public override int MostItems => KommoLimits.ComplexLeadsPerRequest;

    /// <summary>A robot may move it or give it to somebody else as soon as it is there.</summary>
    protected override IReadOnlyList<string> Unsteady { get; } =
        ["request_id", "updated_at", "updated_by", "status_id", "pipeline_id", "responsible_user_id"];

    public override WriteTrace? TraceOf(WebhookEvent e) => e is ContactAdded or CompanyAdded && EntityName.Of(e) is not null && e.EntityId is { } id
        ? WriteTrace.OfMade(e is CompanyAdded ? EntityType.Companies.Name : EntityType.Contacts.Name, id, Add)
        : base.TraceOf(e);

    protected override long? MadeIdOf(WebhookEvent e) => e is LeadAdded ? e.EntityId : null;

    protected override long IdOf(Lead thing) => thing.Id;

    protected override async Task<IReadOnlyList<MadeThing>> CreateAsync(
        KommoClient kommo, IReadOnlyList<NewComplexLead> items, CancellationToken cancellationToken) =>
        [.. (await kommo.Leads.CreateComplexInOneRequestAsync(items, cancellationToken))
            .Select(lead => new MadeThing(lead.Id, Traces(lead.ContactId, lead.CompanyId)))];

    protected override IAsyncEnumerable<Lead> ListAsync(
        KommoClient kommo, IReadOnlyList<NewComplexLead> items, DateTimeOffset since, CancellationToken cancellationToken) =>
        CreationWindow.Of([.. items.Select(item => item.CreatedAt)], since).ToAsyncEnumerable()
            .SelectMany(range => kommo.Leads.ListAsync(new LeadQuery { CreatedAt = range, With = LeadWith.Contacts }, cancellationToken))
            .Chunk(KommoLimits.RecommendedEntitiesPerWrite)
            .SelectMany(leads => LeadParts.AddedToAsync(kommo, leads, cancellationToken));

    protected override IReadOnlyList<WriteTrace> MoreTracesOf(Lead thing) => Traces(
        thing.Embedded?.Contacts is [{ Id: var contact }, ..] ? contact : null,
        thing.Embedded?.Companies is [{ Id: var company }, ..] ? company : null);

    private static List<WriteTrace> Traces(long? contact, long? company)
    {
        var traces = new List<WriteTrace>(2);
        if (contact is { } person)
        {
            traces.Add(WriteTrace.OfMade(EntityType.Contacts.Name, person, Add));
        }

        if (company is { } enterprise)
        {
            traces.Add(WriteTrace.OfMade(EntityType.Companies.Name, enterprise, Add));
        }

        return traces;
    }
}
