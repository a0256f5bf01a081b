using System.Text.Json.Nodes;
using Kommo.Simulator.Api;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;
using Kommo.Simulator.OAuth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Drive;

/// <summary>Files, on their own host: listed, renamed, put in the bin and taken out of it (Kommo: Files).</summary>
internal sealed class DriveApi(ApiContext context)
{
    private readonly AccountStore _store = context.Store;
    private readonly DriveUploads _uploads = new(context);

    private DocumentTable Files => DriveTables.Files(_store);

    public void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder drive = routes.MapGroup("/v1.0");
        Serve(drive, "POST", "/sessions", _uploads.Open);
        drive.MapPost("/sessions/upload/{token}", (RequestDelegate)_uploads.TakePartAsync);
        Serve(drive, "GET", "/files", List);
        Serve(drive, "GET", "/files/{uuid}", request => Found(request, file => Reply.Json(DriveFiles.Shown(file, request))));
        Serve(drive, "PATCH", "/files/{uuid}", Rename);
        Serve(drive, "DELETE", "/files", request => Each(request, (file, row) => Trash(row, request), Reply.NoContent));
        Serve(drive, "DELETE", "/files/{uuid}", request => Found(request, file =>
        {
            Trash(file.Copy(), request);
            return Reply.NoContent;
        }));
        Serve(drive, "POST", "/files/restore", request => Each(request, (_, row) => Put(row, false, null, null), Reply.Json(new JsonObject())));
        Serve(drive, "GET", "/files/{uuid}/versions", request => Found(request, file => Versions(file, request)));
        drive.MapGet("/download/{version}/{name}", (RequestDelegate)DownloadAsync);
    }

    private void Serve(RouteGroupBuilder drive, string method, string path, Func<ApiRequest, Reply> serve) =>
        drive.MapMethods(path, [method], (RequestDelegate)(async http =>
        {
            JsonNode? body = method == "GET" ? null : await http.ReadJsonAsync();
            Reply reply;
            lock (_store.Gate)
            {
                reply = serve(new ApiRequest(http, body, Bearer.ActorOf(http)));
            }

            await http.WriteAsync(reply);
        }));

    private Reply List(ApiRequest request)
    {
        ListQuery query = request.Query;
        bool deleted = query.Filter("deleted") is ["1" or "true", ..];
        IEnumerable<JsonObject> found = Files.All.Where(file =>
            file.Flag("is_trashed") == deleted
            && query.MatchesText("uuid", file.Text("uuid"))
            && (query.Filter("name") is not { } names || names.Any(name => file.Text("name").Contains(name, StringComparison.OrdinalIgnoreCase)))
            && query.MatchesText("extensions", file.Object("metadata").Text("extension"))
            && query.InRange("size", file.Long("size")));
        Reply page = PagedReply.Of(request, "files", found, file => DriveFiles.Shown(file, request));
        return page.Status switch
        {
            200 => Reply.Json(page.Body!),
            204 => page,
            _ => DriveFiles.Refused(400, "VALIDATION_ERROR", "limit is 1 to 250"),
        };
    }

    private Reply Rename(ApiRequest request) => Found(request, file =>
    {
        ItemReader item = new(request.Body, 0);
        string? name = item.Text("name");
        if (item.Errors.Count > 0 || string.IsNullOrEmpty(name))
        {
            return DriveFiles.Refused(400, "VALIDATION_ERROR", "name is required");
        }

        JsonObject changed = file.With("name", name);
        changed["sanitized_name"] = DriveFiles.Sanitized(name);
        changed["updated_at"] = _store.Now;
        changed["updated_by"] = DriveFiles.By(request.Actor);
        Files.Put(changed);
        context.Sink.Touch();
        return Reply.Json(DriveFiles.Shown(changed, request));
    });

    private Reply Versions(JsonObject file, ApiRequest request) => Reply.Json(new JsonObject
    {
        ["_embedded"] = new JsonObject
        {
            ["versions"] = DriveTables.Versions(_store).All.Where(version => version.Text("uuid") == file.Text("uuid"))
                .Select(version => DriveFiles.Shown(version, request)).ToJsonArray(),
        },
    });

    private Reply Each(ApiRequest request, Action<JsonObject, JsonObject> act, Reply done)
    {
        if (request.Body is not JsonArray { Count: > 0 } items)
        {
            return DriveFiles.Refused(400, "VALIDATION_ERROR", "An array of uuids is expected");
        }

        List<JsonObject?> files = [.. items.Select(item => Files.Find((item as JsonObject)?.Text("uuid") ?? ""))];
        if (files.Contains(null))
        {
            return DriveFiles.NotFound;
        }

        files.ForEach(file => act(file!, file!.Copy()));
        return done;
    }

    private void Trash(JsonObject row, ApiRequest request) => Put(row, true, _store.Now, DriveFiles.By(request.Actor));

    private void Put(JsonObject row, bool trashed, long? deletedAt, JsonNode? deletedBy)
    {
        row["is_trashed"] = trashed;
        row["deleted_at"] = deletedAt;
        row["deleted_by"] = deletedBy;
        Files.Put(row);
        context.Sink.Touch();
    }

    private Reply Found(ApiRequest request, Func<JsonObject, Reply> serve) =>
        Files.Find(request.RouteText("uuid")) is { } file ? serve(file) : DriveFiles.NotFound;

    private async Task DownloadAsync(HttpContext http)
    {
        JsonObject? version;
        lock (_store.Gate)
        {
            version = DriveTables.Versions(_store).Find((string)http.Request.RouteValues["version"]!);
        }

        if (version is null)
        {
            await http.WriteAsync(DriveFiles.NotFound);
            return;
        }

        http.Response.ContentType = version.Object("metadata").Text("mime_type");
        await http.Response.Body.WriteAsync(Convert.FromBase64String(version.Text("content")), http.RequestAborted);
    }
}
