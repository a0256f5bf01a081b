using System.Globalization;
using System.Text.Json.Nodes;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;
using Kommo.Simulator.Events;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Api.Events;

/// <summary>What happened in the account, newest first; at most 100 to a page, at most 10 of each filter (Kommo: Events).</summary>
internal sealed class EventEndpoints(ApiContext context)
{
    private const int LargestPage = 100;
    private const int MostValues = 10;
    private readonly AccountStore _store = context.Store;

    public void Map(RouteGroupBuilder api)
    {
        api.Serve("GET", "/events", List);
        api.Serve("GET", "/events/{eventId}", Get);
        api.Serve("GET", "/events/types", request => PagedReply.Of(request, "events_types", EventTypes.All, type => new JsonObject
        {
            ["key"] = type.Key,
            ["type"] = type.Number,
            ["lang"] = type.Words,
        }));
    }

    private Reply List(ApiRequest request)
    {
        ListQuery query = request.Query;
        IReadOnlyList<string> types = query.Filter("type") is { } listed ? [.. listed.SelectMany(type => type.Split(','))] : [];
        if (types.Count > 1 && types.Any(type => type.StartsWith("custom_field_", StringComparison.Ordinal) && type.Any(char.IsAsciiDigit)))
        {
            return Reply.Problem(400, "Bad Request", "A custom field's type must be the only type of the filter");
        }

        foreach (string name in (ReadOnlySpan<string>)["created_by", "entity_id", "id"])
        {
            if (query.Filter(name)?.Count > MostValues)
            {
                return Reply.Problem(400, "Bad Request", $"No more than {MostValues} values of filter[{name}]");
            }
        }

        lock (_store.Gate)
        {
            Backwards<SimulatedEvent> all = new(_store.Events.All);
            IEnumerable<SimulatedEvent> found = query.HasFilters ? all.Where(one => Matches(one, query, types)) : all;
            return PagedReply.Of(request, "events", found, one => Json(one, request), largestPage: LargestPage);
        }
    }

    private Reply Get(ApiRequest request)
    {
        lock (_store.Gate)
        {
            return _store.Events.Find(request.RouteText("eventId")) is { } found ? Reply.Hal(Json(found, request)) : Reply.NoContent;
        }
    }

    private static bool Matches(SimulatedEvent one, ListQuery query, IReadOnlyList<string> types) =>
        query.MatchesText("id", one.Id)
        && query.Matches("created_by", one.CreatedBy)
        && query.Matches("entity_id", one.EntityId)
        && query.InRange("created_at", one.CreatedAt)
        && (query.Filter("entity") is not { } kinds || kinds.SelectMany(kind => kind.Split(',')).Contains(one.EntityType))
        && (types.Count == 0 || types.Any(type => type == one.Type || (type == "custom_field_value_changed" && IsOfField(one))))
        && EventValues.Match(query, "value_before", one.Before)
        && EventValues.Match(query, "value_after", one.After);

    private static bool IsOfField(SimulatedEvent one) => one.Type.StartsWith("custom_field_", StringComparison.Ordinal);

    private JsonObject Json(SimulatedEvent one, ApiRequest request) => new()
    {
        ["id"] = one.Id,
        ["type"] = one.Type,
        ["entity_id"] = one.EntityId,
        ["entity_type"] = one.EntityType,
        ["created_by"] = one.CreatedBy,
        ["created_at"] = one.CreatedAt,
        ["value_after"] = one.After is null ? [] : new JsonArray(one.After.DeepClone()),
        ["value_before"] = one.Before is null ? [] : new JsonArray(one.Before.DeepClone()),
        ["account_id"] = _store.Options.AccountId,
        ["_links"] = request.SelfLink($"/api/v4/events/{one.Id}"),
        ["_embedded"] = new JsonObject { ["entity"] = Entity(one, request) },
    };

    private JsonObject Entity(SimulatedEvent one, ApiRequest request)
    {
        string id = one.EntityId.ToString(CultureInfo.InvariantCulture);
        if (EntityKindNames.FromSingular(one.EntityType) is { } kind)
        {
            JsonObject entity = new() { ["id"] = one.EntityId };
            if (request.Query.With($"{kind.Singular()}_name"))
            {
                entity["name"] = _store.Find(kind, one.EntityId)?.Name;
            }

            entity["_links"] = request.SelfLink($"/api/v4/{kind.Plural()}/{id}");
            return entity;
        }

        if (one.EntityType == "task")
        {
            return new JsonObject { ["id"] = one.EntityId, ["_links"] = request.SelfLink($"/api/v4/tasks/{id}") };
        }

        string catalog = one.EntityType.Split('_')[^1];
        JsonObject element = new() { ["id"] = one.EntityId };
        if (request.Query.With("catalog_element_name"))
        {
            element["name"] = Catalogs.CatalogTables.Elements(_store).Find(id)?.Text("name");
        }

        if (request.Query.With("catalog_name"))
        {
            element["catalog"] = new JsonObject { ["name"] = Catalogs.CatalogTables.Catalogs(_store).Find(catalog)?.Text("name") };
        }

        element["_links"] = request.SelfLink($"/api/v4/catalogs/{catalog}/elements/{id}");
        return element;
    }
}
