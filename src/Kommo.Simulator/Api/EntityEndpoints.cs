using System.Text.Json.Nodes;
using Kommo.Simulator.Entities;

namespace Kommo.Simulator.Api;

/// <summary>List, get, create and update of leads, contacts or companies.</summary>
internal sealed class EntityEndpoints(EntityKind kind, AccountStore store, EntityChanges changes)
{
    private readonly EntityReader _reader = new(store);
    private readonly BatchWrite _batch = new(store);

    public Reply List(ApiRequest request)
    {
        ListQuery query = request.Query;
        lock (store.Gate)
        {
            IEnumerable<SimulatedEntity> all = kind switch
            {
                EntityKind.Lead => store.Leads.All,
                EntityKind.Contact => store.Contacts.All,
                _ => store.Companies.All,
            };
            bool deleted = query.With("only_deleted");
            IEnumerable<SimulatedEntity> found = all.Where(entity => entity.IsDeleted == deleted && Matches(entity, query));
            return PagedReply.Of(request, kind.Plural(), Sort(found, query), entity => EntityJson.Of(entity, request, store));
        }
    }

    public Reply Get(ApiRequest request)
    {
        lock (store.Gate)
        {
            SimulatedEntity? entity = store.Find(kind, request.Route("id"));
            return entity is null || (entity.IsDeleted && !request.Query.With("only_deleted"))
                ? Reply.NoContent
                : Reply.Hal(EntityJson.Of(entity, request, store));
        }
    }

    public Reply Create(ApiRequest request) => _batch.Many(request, kind.Plural(), item =>
    {
        SimulatedEntity draft = _reader.New(kind, item, request.Actor);
        return () => EntityJson.Written(changes.Add(draft, request.Actor), item, request, isNew: true);
    });

    public Reply UpdateMany(ApiRequest request) => _batch.Many(request, kind.Plural(), item =>
    {
        if (item.Number("id") is not { } id)
        {
            item.Missing("id");
            return null;
        }

        if (!store.Exists(kind, id))
        {
            item.NotAChoice("id");
            return null;
        }

        return Update(request, item, id);
    });

    public Reply UpdateOne(ApiRequest request)
    {
        long id = request.Route("id");
        lock (store.Gate)
        {
            return store.Exists(kind, id) ? _batch.One(request, item => Update(request, item, id)) : Reply.NotFound;
        }
    }

    // What the item says is read again as it is applied: an earlier item of the request may have changed the same entity.
    private Func<JsonObject> Update(ApiRequest request, ItemReader item, long id)
    {
        _reader.Changed(item, store.Find(kind, id)!, request.Actor);
        return () => EntityJson.Written(
            changes.Update(_reader.Changed(item, store.Find(kind, id)!, request.Actor), request.Actor), item, request, isNew: false);
    }

    private static bool Matches(SimulatedEntity entity, ListQuery query) =>
        query.Matches("id", entity.Id)
        && query.MatchesText("name", entity.Name)
        && query.Matches("responsible_user_id", entity.ResponsibleUserId)
        && query.Matches("created_by", entity.CreatedBy)
        && query.Matches("updated_by", entity.UpdatedBy)
        && query.InRange("created_at", entity.CreatedAt)
        && query.InRange("updated_at", entity.UpdatedAt)
        && Contains(entity, query.Search)
        && (entity is not SimulatedLead lead || MatchesLead(lead, query));

    private static bool MatchesLead(SimulatedLead lead, ListQuery query) =>
        query.Matches("pipeline_id", lead.PipelineId)
        && query.InRange("price", lead.Price)
        && query.InRange("closed_at", lead.ClosedAt)
        && (query.Statuses is not { } stages || stages.Contains((lead.PipelineId, lead.StatusId)));

    private static bool Contains(SimulatedEntity entity, string? search) => string.IsNullOrEmpty(search)
        || entity.Name.Contains(search, StringComparison.OrdinalIgnoreCase)
        || entity.Fields.Any(field => field.Values.Any(value => value.Value.ToString().Contains(search, StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<SimulatedEntity> Sort(IEnumerable<SimulatedEntity> entities, ListQuery query)
    {
        (string field, bool descending) = query.Order("id", "created_at", "updated_at", "id");
        Func<SimulatedEntity, (long, long)> key = field switch
        {
            "created_at" => entity => (entity.CreatedAt, entity.Id),
            "updated_at" => entity => (entity.UpdatedAt, entity.Id),
            _ => entity => (entity.Id, 0),
        };
        return descending ? entities.OrderByDescending(key) : entities.OrderBy(key);
    }
}
