using System.Text.Json.Nodes;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Api.Links;

/// <summary>Links of entities to each other and to list elements, of one entity and of many (Kommo: Links).</summary>
internal sealed class LinkEndpoints(EntityKind kind, ApiContext context)
{
    private readonly AccountStore _store = context.Store;
    private readonly Linking _linking = new(context);

    public void Map(RouteGroupBuilder api)
    {
        string all = $"/{kind.Plural()}";
        string one = $"{all}/{{id:long}}";
        api.Serve("GET", $"{one}/links", request => Locked(() =>
            _store.Exists(kind, request.Route("id")) ? List(request, [request.Route("id")], mass: false) : Reply.NotFound));
        api.Serve("GET", $"{all}/links", request => Locked(() => List(request, request.Query.FilterIds("entity_id") ?? new HashSet<long>(), mass: true)));
        api.Serve("POST", $"{one}/link", request => Write(request, request.Route("id"), unlink: false));
        api.Serve("POST", $"{one}/unlink", request => Write(request, request.Route("id"), unlink: true));
        api.Serve("POST", $"{all}/link", request => Write(request, null, unlink: false));
        api.Serve("POST", $"{all}/unlink", request => Write(request, null, unlink: true));
    }

    private Reply List(ApiRequest request, IEnumerable<long> ids, bool mass)
    {
        ListQuery query = request.Query;
        List<JsonObject> links =
        [
            .. ids.Order().Where(id => _store.Exists(kind, id)).SelectMany(id => _linking.Of(kind, id).Where(link =>
                query.Matches("to_entity_id", link.ToId)
                && query.MatchesText("to_entity_type", link.ToType)
                && query.Matches("to_catalog_id", link.CatalogId)).Select(link => Json(id, link, mass))),
        ];
        return links.Count == 0 ? Reply.NoContent : Answer(request, links);
    }

    private Reply Write(ApiRequest request, long? owner, bool unlink) => Locked(() =>
    {
        if (owner is { } named && !_store.Exists(kind, named))
        {
            return Reply.NotFound;
        }

        List<JsonObject> links = [];
        Reply reply = context.Batch.Many(request, "links", item =>
        {
            long id = owner ?? item.Number("entity_id") ?? 0;
            if (owner is null && !_store.Exists(kind, id))
            {
                item.NotAChoice("entity_id");
            }

            if (_linking.Read(item, kind, unlink) is not { } link)
            {
                return null;
            }

            return () =>
            {
                _linking.Apply(kind, id, link, unlink, request.Actor);
                links.Add(Json(id, link, mass: true));
                return [];
            };
        });
        return reply.Status != 200 ? reply : unlink ? Reply.NoContent : Answer(request, links);
    });

    private static Reply Answer(ApiRequest request, List<JsonObject> links) => Reply.Hal(new JsonObject
    {
        ["_total_items"] = links.Count,
        ["_links"] = request.SelfLink(request.PathAndQuery),
        ["_embedded"] = new JsonObject { ["links"] = links.ToJsonArray() },
    });

    private JsonObject Json(long id, EntityLink link, bool mass)
    {
        JsonObject json = [];
        if (mass)
        {
            json["entity_id"] = id;
            json["entity_type"] = kind.Plural();
        }

        json["to_entity_id"] = link.ToId;
        json["to_entity_type"] = link.ToType;
        json["metadata"] = link.ToKind is null
            ? new JsonObject { ["catalog_id"] = link.CatalogId, ["quantity"] = link.Quantity, ["price_id"] = link.PriceId }
            : link.ToKind == EntityKind.Contact ? new JsonObject { ["main_contact"] = link.IsMain } : null;
        return json;
    }

    private Reply Locked(Func<Reply> serve)
    {
        lock (_store.Gate)
        {
            return serve();
        }
    }
}
