using System.Text.Json.Nodes;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Drive;
using Kommo.Simulator.Entities;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Api.Files;

/// <summary>Files that hang on entities, and the entities that a file hangs on (Kommo: Files, attaching).</summary>
internal sealed class FileLinkEndpoints(ApiContext context)
{
    private readonly AccountStore _store = context.Store;

    private DocumentTable Links => DriveTables.Links(_store);

    public void Map(RouteGroupBuilder api)
    {
        foreach (EntityKind kind in EntityKindNames.All)
        {
            string path = $"/{kind.Plural()}/{{id:long}}/files";
            api.Serve("GET", path, request => Found(kind, request, () => List(kind, request)));
            api.Serve("PUT", path, request => Found(kind, request, () => Attach(kind, request)));
            api.Serve("DELETE", path, request => Found(kind, request, () => Detach(kind, request)));
        }

        api.Serve("GET", "/files/{uuid}/links", ListEntities);
    }

    private Reply List(EntityKind kind, ApiRequest request) => PagedReply.Of(
        request, "files", Of(kind, request), link => new JsonObject { ["file_uuid"] = link.Text("file_uuid"), ["id"] = link.Id() });

    private Reply Attach(EntityKind kind, ApiRequest request) => context.Batch.Many(request, "files", item =>
    {
        string uuid = item.Text("file_uuid") ?? "";
        if (DriveTables.Files(_store).Find(uuid) is not { } file || file.Flag("is_trashed"))
        {
            item.NotAChoice("file_uuid");
        }

        return () =>
        {
            if (Of(kind, request).All(link => link.Text("file_uuid") != uuid))
            {
                Links.Put(new JsonObject
                {
                    ["id"] = Links.NextId(),
                    ["file_uuid"] = uuid,
                    ["entity_type"] = kind.Plural(),
                    ["entity_id"] = request.Route("id"),
                });
                context.Sink.Touch();
            }

            return new JsonObject { ["file_uuid"] = uuid, ["request_id"] = item.RequestId };
        };
    }, 202);

    private Reply Detach(EntityKind kind, ApiRequest request)
    {
        if (request.Body is not JsonArray { Count: > 0 } items)
        {
            return Reply.EmptyBody;
        }

        HashSet<string> uuids = [.. items.OfType<JsonObject>().Select(item => item.Text("file_uuid"))];
        foreach (JsonObject link in Of(kind, request).Where(link => uuids.Contains(link.Text("file_uuid"))).ToList())
        {
            Links.Remove(link.Text("id"));
        }

        context.Sink.Touch();
        return Reply.Accepted;
    }

    private Reply ListEntities(ApiRequest request)
    {
        lock (_store.Gate)
        {
            return PagedReply.Of(
                request,
                "links",
                Links.All.Where(link => link.Text("file_uuid") == request.RouteText("uuid")),
                link => new JsonObject { ["entity_type"] = link.Text("entity_type"), ["entity_id"] = link.Long("entity_id") });
        }
    }

    private IEnumerable<JsonObject> Of(EntityKind kind, ApiRequest request) =>
        Links.All.Where(link => link.Text("entity_type") == kind.Plural() && link.Long("entity_id") == request.Route("id"));

    private Reply Found(EntityKind kind, ApiRequest request, Func<Reply> serve)
    {
        lock (_store.Gate)
        {
            return _store.Exists(kind, request.Route("id")) ? serve() : Reply.NotFound;
        }
    }
}
