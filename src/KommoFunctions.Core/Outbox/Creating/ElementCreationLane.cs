using Kommo;
using Kommo.Webhooks;

namespace KommoFunctions.Outbox;

/// <summary>Adds elements to one list.</summary>
internal sealed class ElementCreationLane(long catalogId) : CreationLane<NewCatalogElement, CatalogElement>(CatalogLanes.CreateIn(catalogId), "add")
{
    /// <summary>Fewer than Kommo takes: in doubt each name is a request of its own.</summary>
    public override int MostItems => KommoLimits.RecommendedEntitiesPerWrite;

    protected override long? MadeIdOf(WebhookEvent e) => e is ListElementAdded element && element.CatalogId == catalogId ? e.EntityId : null;

    protected override long IdOf(CatalogElement thing) => thing.Id;

    protected override async Task<IReadOnlyList<MadeThing>> CreateAsync(
        KommoClient kommo, IReadOnlyList<NewCatalogElement> items, CancellationToken cancellationToken) =>
        [.. (await kommo.Catalogs.Elements(catalogId).CreateInOneRequestAsync(items, cancellationToken)).Select(one => new MadeThing(one.Id))];

    /// <summary>Elements cannot be asked for by time (Kommo: Lists, filters), only searched for; what is older is left out here.</summary>
    protected override IAsyncEnumerable<CatalogElement> ListAsync(
        KommoClient kommo, IReadOnlyList<NewCatalogElement> items, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var earliest = items.Min(item => item.CreatedAt ?? since);
        return items.Select(item => item.Name).Distinct().ToAsyncEnumerable()
            .SelectMany(name => kommo.Catalogs.Elements(catalogId).ListAsync(new CatalogElementQuery { Query = name }, cancellationToken))
            .Where(element => element.CreatedAt is null || element.CreatedAt >= earliest);
    }
}
