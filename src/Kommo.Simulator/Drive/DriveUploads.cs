using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Api;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;
using Microsoft.AspNetCore.Http;

namespace Kommo.Simulator.Drive;

/// <summary>
/// Uploads in parts: a session lives for 24 hours, each part has an address of its own, none may be larger than the session said
/// (Kommo: Files, upload).
/// </summary>
internal sealed class DriveUploads(ApiContext context)
{
    private const long SessionLife = 24 * 60 * 60;
    private readonly AccountStore _store = context.Store;

    private DocumentTable Sessions => DriveTables.Sessions(_store);

    public Reply Open(ApiRequest request)
    {
        ItemReader item = new(request.Body ?? new JsonObject(), 0);
        string? name = item.Text("file_name");
        long? size = item.Number("file_size");
        string? file = item.Text("file_uuid");
        if (item.Errors.Count > 0 || string.IsNullOrEmpty(name) || size is null or < 1 || size > _store.Options.DriveFileSize)
        {
            return DriveFiles.Refused(400, "VALIDATION_ERROR", $"file_name and a file_size of 1 to {_store.Options.DriveFileSize} are required");
        }

        if (file is not null && DriveTables.Files(_store).Find(file) is null)
        {
            return DriveFiles.NotFound;
        }

        string token = Token();
        long id = Sessions.NextId();
        Sessions.Put(new JsonObject
        {
            ["token"] = token,
            ["session_id"] = id,
            ["opened_at"] = _store.Now,
            ["user_id"] = request.Actor.UserId,
            ["file_name"] = name,
            ["file_size"] = size,
            ["file_uuid"] = file,
            ["content_type"] = item.Text("content_type") ?? "application/octet-stream",
            ["content"] = "",
        });
        context.Sink.Touch();
        return Reply.Json(new JsonObject
        {
            ["max_file_size"] = _store.Options.DriveFileSize,
            ["max_part_size"] = _store.Options.DrivePartSize,
            ["session_id"] = id,
            ["upload_url"] = $"{request.Origin}/v1.0/sessions/upload/{token}",
        });
    }

    public async Task TakePartAsync(HttpContext http)
    {
        using MemoryStream part = new();
        await http.Request.Body.CopyToAsync(part, http.RequestAborted);
        Reply reply;
        lock (_store.Gate)
        {
            reply = TakePart(new ApiRequest(http, null, Actor.User(0)), part.ToArray());
        }

        await http.WriteAsync(reply);
    }

    private Reply TakePart(ApiRequest request, byte[] part)
    {
        if (Sessions.Find(request.RouteText("token")) is not { } session || _store.Now - session.Long("opened_at") > SessionLife)
        {
            return DriveFiles.Refused(404, "SESSION_NOT_FOUND", "The session is unknown, finished or too old, or this part was sent before");
        }

        byte[] sofar = Convert.FromBase64String(session.Text("content"));
        if (part.Length == 0 || part.Length > _store.Options.DrivePartSize || sofar.Length + part.Length > session.Long("file_size"))
        {
            return DriveFiles.Refused(400, "INVALID_PART_SIZE", $"A part holds 1 to {_store.Options.DrivePartSize} bytes, all of them as many as the session said");
        }

        byte[] all = [.. sofar, .. part];
        Sessions.Remove(session.Text("token"));
        context.Sink.Touch();
        if (all.Length == session.Long("file_size"))
        {
            return Reply.Json(DriveFiles.Shown(Finish(session, all), request));
        }

        JsonObject next = session.With("content", Convert.ToBase64String(all));
        next["token"] = Token();
        Sessions.Put(next);
        return Reply.Json(new JsonObject
        {
            ["session_id"] = session.Long("session_id"),
            ["next_url"] = $"{request.Origin}/v1.0/sessions/upload/{next.Text("token")}",
        }, 202);
    }

    private JsonObject Finish(JsonObject session, byte[] content)
    {
        string name = session.Text("file_name");
        string type = session.Text("content_type");
        JsonObject? before = session["file_uuid"] is { } uuid ? DriveTables.Files(_store).Find(uuid.ToString()) : null;
        JsonObject by = DriveFiles.By(Actor.User(session.Long("user_id")));
        JsonObject file = new()
        {
            ["uuid"] = before?.Text("uuid") ?? Guid.NewGuid().ToString(),
            ["id"] = before?.Id() ?? DriveTables.Files(_store).NextId(),
            ["version_uuid"] = Guid.NewGuid().ToString(),
            ["name"] = name,
            ["sanitized_name"] = DriveFiles.Sanitized(name),
            ["type"] = type.Split('/')[0] is "image" or "video" or "audio" ? type.Split('/')[0] : "file",
            ["size"] = content.LongLength,
            ["source_id"] = null,
            ["is_trashed"] = false,
            ["has_multiple_versions"] = before is not null,
            ["created_at"] = before?.Long("created_at") ?? _store.Now,
            ["created_by"] = before?["created_by"]?.DeepClone() ?? by.Copy(),
            ["updated_at"] = _store.Now,
            ["updated_by"] = by,
            ["deleted_at"] = null,
            ["deleted_by"] = null,
            ["metadata"] = new JsonObject { ["extension"] = Path.GetExtension(name).TrimStart('.'), ["mime_type"] = type },
            ["previews"] = null,
        };
        DriveTables.Versions(_store).Put(file.With("content", Convert.ToBase64String(content)));
        DriveTables.Files(_store).Put(file);
        return file;
    }

    private static string Token() => $"{Guid.NewGuid():N}{Guid.NewGuid():N}";
}
