using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Entities;
using Kommo.Simulator.Hooks;

namespace Kommo.Simulator.Api;

/// <summary>The tags of one kind of entity, and its custom fields to read (Kommo: Tags, Custom fields).</summary>
internal sealed class TagAndFieldEndpoints(EntityKind kind, AccountStore store, IChangeSink sink)
{
    private readonly BatchWrite _batch = new(store);

    public Reply Tags(ApiRequest request)
    {
        lock (store.Gate)
        {
            IEnumerable<SimulatedTag> found = store.Tags[kind].Values.OrderBy(tag => tag.Id).Where(tag =>
                request.Query.Matches("id", tag.Id)
                && request.Query.MatchesText("name", tag.Name)
                && tag.Name.Contains(request.Query.Search ?? "", StringComparison.OrdinalIgnoreCase));
            return PagedReply.Of(request, "tags", found, Json);
        }
    }

    public Reply CreateTags(ApiRequest request) => _batch.Many(request, "tags", item =>
    {
        string? name = item.Text("name");
        if (string.IsNullOrEmpty(name))
        {
            item.Missing("name");
        }

        return () =>
        {
            if (!store.Tags[kind].TryGetValue(name!, out SimulatedTag? tag))
            {
                store.Tags[kind][name!] = tag = new SimulatedTag(store.NextTagId(), name!);
                sink.Touch();
            }

            JsonObject body = Json(tag);
            body["request_id"] = item.RequestId;
            return body;
        };
    });

    public Reply Fields(ApiRequest request) => PagedReply.Of(
        request, "custom_fields", AccountCatalog.Fields.Where(field => field.Kind == kind), field => Json(field, request), totals: true);

    public Reply GetField(ApiRequest request) => AccountCatalog.FindField(kind, request.Route("id")) is { } field
        ? Reply.Hal(Json(field, request))
        : Reply.NoContent;

    private static JsonObject Json(SimulatedTag tag) => new() { ["id"] = tag.Id, ["name"] = tag.Name, ["color"] = null };

    private JsonObject Json(CustomField field, ApiRequest request) => new()
    {
        ["id"] = field.Id,
        ["name"] = field.Name,
        ["type"] = field.Type,
        ["account_id"] = store.Options.AccountId,
        ["code"] = field.Code,
        ["sort"] = field.Id % 1000,
        ["is_api_only"] = false,
        ["entity_type"] = kind.Plural(),
        ["enums"] = field.Options is null ? null : new JsonArray([.. field.Options.Select((option, index) => new JsonObject
        {
            ["id"] = option.Id,
            ["value"] = option.Value,
            ["code"] = option.Code,
            ["sort"] = index,
        })]),
        ["_links"] = request.SelfLink($"/api/v4/{kind.Plural()}/custom_fields/{field.Id}"),
    };
}
