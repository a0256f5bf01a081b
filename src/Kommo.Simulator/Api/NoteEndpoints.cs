using System.Text.Json.Nodes;
using Kommo.Simulator.Entities;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Api;

/// <summary>Notes of one kind of entity, by the collection route and by the entity's own (Kommo: Notes).</summary>
internal sealed class NoteEndpoints(EntityKind kind, ApiContext context)
{
    private readonly AccountStore _store = context.Store;

    public void Map(RouteGroupBuilder api)
    {
        string all = $"/{kind.Plural()}/notes";
        string own = $"/{kind.Plural()}/{{id:long}}/notes";
        api.Serve("GET", all, List);
        api.Serve("GET", $"{all}/{{noteId:long}}", Get);
        api.Serve("POST", all, Create);
        api.Serve("PATCH", all, UpdateMany);
        api.Serve("PATCH", $"{all}/{{noteId:long}}", UpdateOne);
        api.Serve("GET", own, ListOf);
        api.Serve("GET", $"{own}/{{noteId:long}}", Get);
        api.Serve("POST", own, CreateOf);
        api.Serve("PATCH", own, UpdateMany);
        api.Serve("PATCH", $"{own}/{{noteId:long}}", UpdateOne);
        api.Serve("POST", $"{all}/{{noteId:long}}/pin", request => Pin(request, true));
        api.Serve("POST", $"{all}/{{noteId:long}}/unpin", request => Pin(request, false));
        api.Serve("POST", $"{own}/{{noteId:long}}/pin", request => Pin(request, true));
        api.Serve("POST", $"{own}/{{noteId:long}}/unpin", request => Pin(request, false));
    }

    private Reply List(ApiRequest request)
    {
        lock (_store.Gate)
        {
            return List(request, _store.Notes.All.Where(note => note.EntityKind == kind));
        }
    }

    private Reply ListOf(ApiRequest request)
    {
        lock (_store.Gate)
        {
            return List(request, _store.NotesOf(kind, request.Route("id")));
        }
    }

    private Reply Get(ApiRequest request)
    {
        lock (_store.Gate)
        {
            return _store.Notes.Find(request.Route("noteId")) is { } note && IsHere(note, request)
                ? Reply.Hal(Json(note, request))
                : Reply.NoContent;
        }
    }

    private Reply Create(ApiRequest request) => context.Batch.Many(request, "notes", item =>
    {
        long? owner = item.Number("entity_id");
        if (owner is null)
        {
            item.Missing("entity_id");
        }
        else if (!_store.Exists(kind, owner.Value))
        {
            item.NotAChoice("entity_id");
        }

        return Add(request, item, owner ?? 0);
    });

    private Reply CreateOf(ApiRequest request)
    {
        long owner = request.Route("id");
        lock (_store.Gate)
        {
            return _store.Exists(kind, owner) ? context.Batch.Many(request, "notes", item => Add(request, item, owner)) : Reply.NotFound;
        }
    }

    private Reply UpdateMany(ApiRequest request) => context.Batch.Many(request, "notes", item =>
    {
        if (item.Number("id") is not { } id)
        {
            item.Missing("id");
            return null;
        }

        if (_store.Notes.Find(id) is not { } note || !IsHere(note, request))
        {
            item.NotAChoice("id");
            return null;
        }

        return Update(request, item, id);
    });

    private Reply UpdateOne(ApiRequest request)
    {
        long id = request.Route("noteId");
        lock (_store.Gate)
        {
            return _store.Notes.Find(id) is { } note && IsHere(note, request)
                ? context.Batch.One(request, item => Update(request, item, id))
                : Reply.NotFound;
        }
    }

    private JsonObject Json(SimulatedNote note, ApiRequest request)
    {
        JsonObject body = new()
        {
            ["id"] = note.Id,
            ["entity_id"] = note.EntityId,
            ["created_by"] = note.CreatedBy,
            ["updated_by"] = note.UpdatedBy,
            ["created_at"] = note.CreatedAt,
            ["updated_at"] = note.UpdatedAt,
            ["responsible_user_id"] = note.ResponsibleUserId,
            ["group_id"] = 0,
            ["note_type"] = note.NoteType,
            ["params"] = JsonNode.Parse(note.Params.GetRawText()),
            ["account_id"] = _store.Options.AccountId,
            ["_links"] = request.SelfLink(Link(note)),
        };
        if (request.Query.With("is_pinned"))
        {
            body["is_pinned"] = note.IsPinned;
        }

        return body;
    }

    private Reply Pin(ApiRequest request, bool pinned)
    {
        lock (_store.Gate)
        {
            if (_store.Notes.Find(request.Route("noteId")) is not { } note || !IsHere(note, request))
            {
                return Reply.NotFound;
            }

            context.Notes.Pin(note, pinned);
            return Reply.NoContent;
        }
    }

    private Reply List(ApiRequest request, IEnumerable<SimulatedNote> notes)
    {
        ListQuery query = request.Query;
        (string field, bool descending) = query.Order("id", "updated_at", "id");
        Func<SimulatedNote, (long, long)> key = field == "updated_at" ? note => (note.UpdatedAt, note.Id) : note => (note.Id, 0);
        IEnumerable<SimulatedNote> found = notes.Where(note =>
            query.Matches("id", note.Id)
            && query.Matches("entity_id", note.EntityId)
            && query.MatchesText("note_type", note.NoteType)
            && query.InRange("updated_at", note.UpdatedAt));
        found = descending ? found.OrderByDescending(key) : found.OrderBy(key);
        return PagedReply.Of(request, "notes", found, note => Json(note, request));
    }

    private Func<JsonObject> Add(ApiRequest request, ItemReader item, long owner)
    {
        string? type = item.Text("note_type");
        if (type is null)
        {
            item.Missing("note_type");
        }

        SimulatedNote draft = new()
        {
            EntityKind = kind,
            EntityId = owner,
            NoteType = type ?? "",
            Params = NoteParams.Read(item, type, default),
            ResponsibleUserId = EntityReader.User(_store, item, "responsible_user_id", request.Actor.UserId, robot: false),
            CreatedBy = EntityReader.User(_store, item, "created_by", request.Actor.UserId, robot: true),
            UpdatedBy = request.Actor.UserId,
            CreatedAt = item.Number("created_at") ?? 0,
        };
        return () => Written(context.Notes.Add(draft, request.Actor), item, request, isNew: true);
    }

    private Func<JsonObject> Update(ApiRequest request, ItemReader item, long id)
    {
        SimulatedNote Read(SimulatedNote note) => note with
        {
            Params = item.Has("params") ? NoteParams.Read(item, note.NoteType, note.Params) : note.Params,
            ResponsibleUserId = EntityReader.User(_store, item, "responsible_user_id", note.ResponsibleUserId, robot: false),
        };

        Read(_store.Notes.Find(id)!);
        return () => Written(context.Notes.Update(Read(_store.Notes.Find(id)!), request.Actor), item, request, isNew: false);
    }

    private bool IsHere(SimulatedNote note, ApiRequest request) =>
        note.EntityKind == kind && (request.RouteOrNone("id") is not { } owner || owner == note.EntityId);

    private JsonObject Written(SimulatedNote note, ItemReader item, ApiRequest request, bool isNew)
    {
        JsonObject body = new() { ["id"] = note.Id, ["entity_id"] = note.EntityId };
        if (!isNew)
        {
            body["updated_at"] = note.UpdatedAt;
        }

        body["request_id"] = item.RequestId;
        body["_links"] = request.SelfLink(Link(note));
        return body;
    }

    private string Link(SimulatedNote note) => $"/api/v4/{kind.Plural()}/{note.EntityId}/notes/{note.Id}";
}
