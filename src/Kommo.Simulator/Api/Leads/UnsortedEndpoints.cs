using System.Text.Json.Nodes;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Api.Leads;

/// <summary>Incoming leads: added from forms and calls, accepted, declined, linked and counted (Kommo: Incoming leads).</summary>
internal sealed class UnsortedEndpoints(ApiContext context)
{
    private const string Path = "/leads/unsorted";

    private static readonly Dictionary<string, string[]> Required = new()
    {
        ["forms"] = ["form_id", "form_name", "form_page", "form_sent_at"],
        ["sip"] = ["from", "phone", "called_at", "duration", "link", "service_code", "uniq"],
    };

    private readonly AccountStore _store = context.Store;
    private readonly IncomingLeads _incoming = new(context);
    private readonly EntityReader _reader = new(context.Store);

    public void Map(RouteGroupBuilder api)
    {
        context.Map(api, new Resource
        {
            Name = "unsorted",
            Path = Path,
            Key = "{uid}",
            Table = _ => UnsortedTables.Waiting(_store),
            Fields = [],
            Filters = ["uid", "category", "pipeline_id"],
            Ranges = ["created_at"],
            Orders = ["created_at", "updated_at"],
        }, Verbs.Read);
        api.Serve("GET", $"{Path}/summary", Summary);
        api.Serve("POST", $"{Path}/forms", request => Create(request, "forms"));
        api.Serve("POST", $"{Path}/sip", request => Create(request, "sip"));
        api.Serve("POST", $"{Path}/{{uid}}/accept", request => Found(request, Accept));
        api.Serve("DELETE", $"{Path}/{{uid}}/decline", request => Found(request, Decline));
        api.Serve("POST", $"{Path}/{{uid}}/link", request => Found(request, Link));
    }

    private Reply Accept(JsonObject row, ItemReader item, ApiRequest request)
    {
        long user = User(request, item);
        long? status = item.Number("status_id");
        if (status is { } named && !_store.Pipelines.Find(row.Long("pipeline_id"))!.Has(named))
        {
            item.NotAChoice("status_id");
        }

        return item.Errors.Count > 0 ? Reply.Invalid([item]) : Answer(_incoming.Accept(row, user, status, request.Actor), request);
    }

    private Reply Decline(JsonObject row, ItemReader item, ApiRequest request)
    {
        User(request, item);
        return item.Errors.Count > 0 ? Reply.Invalid([item]) : Answer(_incoming.Decline(row, request.Actor), request);
    }

    private Reply Link(JsonObject row, ItemReader item, ApiRequest request)
    {
        if (row.Text("category") is not ("chats" or "mail"))
        {
            return Reply.Problem(400, "Bad Request", "Only chats can be linked");
        }

        User(request, item);
        JsonObject link = item["link"] as JsonObject ?? [];
        EntityKind? kind = EntityKindNames.FromPlural(link.Text("entity_type"));
        if (kind is not (EntityKind.Lead or EntityKind.Customer))
        {
            item.NotAChoice("link.entity_type");
        }
        else if (!_store.Exists(kind.Value, link.Long("entity_id")))
        {
            item.NotAChoice("link.entity_id");
        }

        return item.Errors.Count > 0
            ? Reply.Invalid([item])
            : Answer(_incoming.Link(row, kind!.Value, link.Long("entity_id"), request.Actor), request);
    }

    private Reply Create(ApiRequest request, string category) => context.Batch.Many(request, "unsorted", item =>
    {
        JsonObject metadata = item["metadata"] as JsonObject ?? [];
        foreach (string name in (string[])["source_name", "source_uid", "metadata"])
        {
            if (item[name] is null)
            {
                item.Missing(name);
            }
        }

        foreach (string name in Required[category].Where(name => metadata[name] is null))
        {
            item.Missing($"metadata.{name}");
        }

        long pipeline = item.Number("pipeline_id") ?? _store.Pipelines.All.First(known => known.IsMain).Id;
        if (_store.Pipelines.Find(pipeline) is null)
        {
            item.NotAChoice("pipeline_id");
        }

        JsonObject head = IncomingLeads.Head(
            category, item.Text("source_name") ?? "", item.Text("source_uid") ?? "", pipeline, metadata, item.Number("created_at") ?? _store.Now);
        List<SimulatedLead> leads = Embedded<SimulatedLead>(request, item, EntityKind.Lead);
        IReadOnlyList<SimulatedContact> contacts = Embedded<SimulatedContact>(request, item, EntityKind.Contact);
        IReadOnlyList<SimulatedCompany> companies = Embedded<SimulatedCompany>(request, item, EntityKind.Company);
        return () =>
        {
            JsonObject row = _incoming.Add(
                head, leads.Count > 0 ? leads[0] : _reader.NewLead(new ItemReader(new JsonObject(), 0), request.Actor), contacts, companies, request.Actor);
            JsonObject body = new()
            {
                ["uid"] = row.Text("uid"),
                ["account_id"] = _store.Options.AccountId,
                ["request_id"] = item.RequestId,
                ["_links"] = request.SelfLink($"/api/v4{Path}/{row.Text("uid")}"),
                ["_embedded"] = row["_embedded"]!.DeepClone(),
            };
            return body;
        };
    });

    private List<T> Embedded<T>(ApiRequest request, ItemReader item, EntityKind kind)
        where T : SimulatedEntity
    {
        List<T> entities = [];
        IReadOnlyList<JsonNode?> nodes = item.Array(kind.Plural(), embedded: true) ?? [];
        for (int index = 0; index < nodes.Count; index++)
        {
            ItemReader inner = new(nodes[index], index);
            if (inner.Number("id") is { } id && kind != EntityKind.Lead)
            {
                if (_store.Find(kind, id) is T { IsDeleted: false } known)
                {
                    entities.Add(known);
                }
                else
                {
                    inner.NotAChoice("id");
                }
            }
            else
            {
                entities.Add((T)_reader.New(kind, inner, request.Actor));
            }

            item.Adopt(inner, $"_embedded.{kind.Plural()}.{index}");
        }

        return entities;
    }

    private Reply Summary(ApiRequest request)
    {
        lock (_store.Gate)
        {
            ListQuery query = request.Query;
            List<JsonObject> waiting = [.. UnsortedTables.Waiting(_store).All.Where(Wanted)];
            List<JsonObject> done = [.. UnsortedTables.Done(_store).All.Where(Wanted)];
            JsonObject categories = [];
            foreach (string category in (ReadOnlySpan<string>)["sip", "mail", "forms", "chats"])
            {
                categories[category] = new JsonObject { ["total"] = waiting.Concat(done).Count(row => row.Text("category") == category) };
            }

            return Reply.Hal(new JsonObject
            {
                ["total"] = waiting.Count + done.Count,
                ["accepted"] = done.Count(row => row.Text("result") == "accept"),
                ["declined"] = done.Count(row => row.Text("result") == "decline"),
                ["average_sort_time"] = done.Count == 0 ? 0 : (long)done.Average(row => row.Long("done_at") - row.Long("created_at")),
                ["categories"] = categories,
                ["_links"] = request.SelfLink(request.PathAndQuery),
            });

            bool Wanted(JsonObject row) => query.MatchesText("uid", row.Text("uid"))
                && query.Matches("pipeline_id", row.Long("pipeline_id"))
                && query.InRange("created_at", row.Long("created_at"));
        }
    }

    private Reply Found(ApiRequest request, Func<JsonObject, ItemReader, ApiRequest, Reply> serve)
    {
        lock (_store.Gate)
        {
            return UnsortedTables.Waiting(_store).Find(request.RouteText("uid")) is { } row
                ? serve(row, new ItemReader(request.Body ?? new JsonObject(), 0), request)
                : Reply.NotFound;
        }
    }

    private long User(ApiRequest request, ItemReader item) =>
        EntityReader.User(_store, item, "user_id", request.Actor.UserId, robot: false);

    private static Reply Answer(JsonObject row, ApiRequest request) => Reply.Hal(new JsonObject
    {
        ["uid"] = row.Text("uid"),
        ["pipeline_id"] = row.Long("pipeline_id"),
        ["category"] = row.Text("category"),
        ["created_at"] = row.Long("created_at"),
        ["_links"] = request.SelfLink($"/api/v4{Path}/{row.Text("uid")}"),
        ["_embedded"] = row["_embedded"]!.DeepClone(),
    });
}
