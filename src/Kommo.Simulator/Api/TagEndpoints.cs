using System.Text.Json.Nodes;
using Kommo.Simulator.Entities;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Api;

/// <summary>The tags of one kind of entity: listed and made, never changed or deleted (Kommo: Tags).</summary>
internal sealed class TagEndpoints(EntityKind kind, ApiContext context)
{
    private readonly Dictionary<EntityKind, Dictionary<string, SimulatedTag>> _tags = context.Store.Tags;

    public void Map(RouteGroupBuilder api)
    {
        api.Serve("GET", $"/{kind.Plural()}/tags", List);
        api.Serve("POST", $"/{kind.Plural()}/tags", Create);
    }

    private Reply List(ApiRequest request)
    {
        lock (context.Store.Gate)
        {
            IEnumerable<SimulatedTag> found = _tags[kind].Values.OrderBy(tag => tag.Id).Where(tag =>
                request.Query.Matches("id", tag.Id)
                && request.Query.MatchesText("name", tag.Name)
                && tag.Name.Contains(request.Query.Search ?? "", StringComparison.OrdinalIgnoreCase));
            return PagedReply.Of(request, "tags", found, Json);
        }
    }

    private Reply Create(ApiRequest request) => context.Batch.Many(request, "tags", item =>
    {
        string? name = item.Text("name");
        if (string.IsNullOrEmpty(name))
        {
            item.Missing("name");
        }

        string? color = item.Text("color");
        return () =>
        {
            if (!_tags[kind].TryGetValue(name!, out SimulatedTag? tag))
            {
                _tags[kind][name!] = tag = new SimulatedTag(context.Store.NextTagId(), name!, color);
                context.Sink.Touch();
            }

            JsonObject body = Json(tag);
            body["request_id"] = item.RequestId;
            return body;
        };
    });

    private static JsonObject Json(SimulatedTag tag) => new() { ["id"] = tag.Id, ["name"] = tag.Name, ["color"] = tag.Color };
}
