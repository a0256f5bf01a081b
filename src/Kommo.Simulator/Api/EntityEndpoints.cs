using System.Text.Json.Nodes;
using Kommo.Simulator.Api.Customers;
using Kommo.Simulator.Entities;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Api;

/// <summary>List, get, create and update of leads, contacts or companies.</summary>
internal sealed class EntityEndpoints(EntityKind kind, ApiContext context)
{
    private readonly EntityReader _reader = new(context.Store);

    public void Map(RouteGroupBuilder api)
    {
        string path = $"/{kind.Plural()}";
        Serve("GET", path, List);
        Serve("GET", $"{path}/{{id:long}}", Get);
        Serve("POST", path, Create);
        Serve("PATCH", path, UpdateMany);
        Serve("PATCH", $"{path}/{{id:long}}", UpdateOne);

        void Serve(string method, string template, Func<ApiRequest, Reply> serve) => api.Serve(method, template, request =>
            (kind == EntityKind.Customer ? CustomerTables.Refused(context.Store) : null) ?? serve(request));
    }

    private Reply List(ApiRequest request)
    {
        ListQuery query = request.Query;
        lock (context.Store.Gate)
        {
            IReadOnlyList<SimulatedEntity> all = context.Store.Of(kind, inBin: query.With("only_deleted"));
            IReadOnlyList<Func<SimulatedEntity, bool>> asked = EntityFilter.Of(query);
            IEnumerable<SimulatedEntity> found =
                asked.Count == 0 ? all : all.Where(entity => asked.All(matches => matches(entity)));
            if (query.HasRange("closest_task_at"))
            {
                found = found.Where(entity => query.InRange("closest_task_at", EntityJson.ClosestTask(entity, context.Store)));
            }

            return PagedReply.Of(request, kind.Plural(), Sort(found, query), entity => EntityJson.Of(entity, request, context.Store));
        }
    }

    private Reply Get(ApiRequest request)
    {
        lock (context.Store.Gate)
        {
            SimulatedEntity? entity = context.Store.Find(kind, request.Route("id"));
            return entity is null || (entity.IsDeleted && !request.Query.With("only_deleted"))
                ? Reply.NoContent
                : Reply.Hal(EntityJson.Of(entity, request, context.Store));
        }
    }

    private Reply Create(ApiRequest request) => context.Batch.Many(request, kind.Plural(), item =>
    {
        SimulatedEntity draft = _reader.New(kind, item, request.Actor);
        return () => EntityJson.Written(context.Entities.Add(draft, request.Actor), item, request, isNew: true);
    });

    private Reply UpdateMany(ApiRequest request) => context.Batch.Many(request, NameOfUpdates, item =>
    {
        if (item.Number("id") is not { } id)
        {
            item.Missing("id");
            return null;
        }

        if (!context.Store.Exists(kind, id))
        {
            item.NotAChoice("id");
            return null;
        }

        return Update(request, item, id);
    });

    private string NameOfUpdates =>
        kind == EntityKind.Customer && context.Store.Options.AnswersOddly ? EntityKind.Lead.Plural() : kind.Plural();

    private Reply UpdateOne(ApiRequest request)
    {
        long id = request.Route("id");
        lock (context.Store.Gate)
        {
            return context.Store.Exists(kind, id) ? context.Batch.One(request, item => Update(request, item, id)) : Reply.NotFound;
        }
    }

    // What the item says is read again as it is applied: an earlier item of the request may have changed the same entity.
    private Func<JsonObject> Update(ApiRequest request, ItemReader item, long id)
    {
        _reader.Changed(item, context.Store.Find(kind, id)!, request.Actor);
        return () => EntityJson.Written(
            context.Entities.Update(_reader.Changed(item, context.Store.Find(kind, id)!, request.Actor), request.Actor), item, request, isNew: false);
    }

    private IEnumerable<SimulatedEntity> Sort(IEnumerable<SimulatedEntity> entities, ListQuery query)
    {
        (string field, bool descending) = kind == EntityKind.Lead
            ? query.Order("id", "created_at", "updated_at", "id")
            : query.Order("id", "updated_at", "id");
        if (field == "id")
        {
            return !descending ? entities
                : entities is IReadOnlyList<SimulatedEntity> all ? new Backwards<SimulatedEntity>(all) : entities.Reverse();
        }

        Func<SimulatedEntity, (long, long)> key = field == "created_at"
            ? entity => (entity.CreatedAt, entity.Id)
            : entity => (entity.UpdatedAt, entity.Id);
        return descending ? entities.OrderByDescending(key) : entities.OrderBy(key);
    }
}
