using System.Text.Json.Nodes;
using Kommo.Simulator.Entities;

namespace Kommo.Simulator.Api;

/// <summary>Notes of one kind of entity, by the collection route and by the entity's own (Kommo: Notes).</summary>
internal sealed class NoteEndpoints(EntityKind kind, AccountStore store, NoteChanges changes)
{
    private readonly BatchWrite _batch = new(store);

    public Reply List(ApiRequest request)
    {
        lock (store.Gate)
        {
            return List(request, store.Notes.All.Where(note => note.EntityKind == kind));
        }
    }

    public Reply ListOf(ApiRequest request)
    {
        lock (store.Gate)
        {
            return List(request, store.NotesOf(kind, request.Route("id")));
        }
    }

    public Reply Get(ApiRequest request)
    {
        lock (store.Gate)
        {
            return store.Notes.Find(request.Route("noteId")) is { } note && IsHere(note, request)
                ? Reply.Hal(Json(note, request))
                : Reply.NoContent;
        }
    }

    public Reply Create(ApiRequest request) => _batch.Many(request, "notes", item =>
    {
        long? owner = item.Number("entity_id");
        if (owner is null)
        {
            item.Missing("entity_id");
        }
        else if (!store.Exists(kind, owner.Value))
        {
            item.NotAChoice("entity_id");
        }

        return Add(request, item, owner ?? 0);
    });

    public Reply CreateOf(ApiRequest request)
    {
        long owner = request.Route("id");
        lock (store.Gate)
        {
            return store.Exists(kind, owner) ? _batch.Many(request, "notes", item => Add(request, item, owner)) : Reply.NotFound;
        }
    }

    public Reply UpdateMany(ApiRequest request) => _batch.Many(request, "notes", item =>
    {
        if (item.Number("id") is not { } id)
        {
            item.Missing("id");
            return null;
        }

        if (store.Notes.Find(id) is not { } note || !IsHere(note, request))
        {
            item.NotAChoice("id");
            return null;
        }

        return Update(request, item, id);
    });

    public Reply UpdateOne(ApiRequest request)
    {
        long id = request.Route("noteId");
        lock (store.Gate)
        {
            return store.Notes.Find(id) is { } note && IsHere(note, request)
                ? _batch.One(request, item => Update(request, item, id))
                : Reply.NotFound;
        }
    }

    public JsonObject Json(SimulatedNote note, ApiRequest request) => new()
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
        ["account_id"] = store.Options.AccountId,
        ["_links"] = request.SelfLink(Link(note)),
    };

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
            ResponsibleUserId = EntityReader.User(item, "responsible_user_id", request.Actor.UserId, robot: false),
            CreatedBy = EntityReader.User(item, "created_by", request.Actor.UserId, robot: true),
            UpdatedBy = request.Actor.UserId,
            CreatedAt = item.Number("created_at") ?? 0,
        };
        return () => Written(changes.Add(draft, request.Actor), item, request, isNew: true);
    }

    private Func<JsonObject> Update(ApiRequest request, ItemReader item, long id)
    {
        SimulatedNote Read(SimulatedNote note) => note with
        {
            Params = item.Has("params") ? NoteParams.Read(item, note.NoteType, note.Params) : note.Params,
            ResponsibleUserId = EntityReader.User(item, "responsible_user_id", note.ResponsibleUserId, robot: false),
        };

        Read(store.Notes.Find(id)!);
        return () => Written(changes.Update(Read(store.Notes.Find(id)!), request.Actor), item, request, isNew: false);
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
