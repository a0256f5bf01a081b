using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Entities;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Api;

/// <summary>List, get, create, update and complete tasks (Kommo: Tasks).</summary>
internal sealed class TaskEndpoints(ApiContext context)
{
    private readonly AccountStore _store = context.Store;

    public void Map(RouteGroupBuilder api)
    {
        api.Serve("GET", "/tasks", List);
        api.Serve("GET", "/tasks/{id:long}", Get);
        api.Serve("POST", "/tasks", Create);
        api.Serve("PATCH", "/tasks", UpdateMany);
        api.Serve("PATCH", "/tasks/{id:long}", UpdateOne);
    }

    private Reply List(ApiRequest request)
    {
        ListQuery query = request.Query;
        lock (_store.Gate)
        {
            (string field, bool descending) = query.Order("id", "created_at", "complete_till", "id");
            Func<SimulatedTask, (long, long)> key = field switch
            {
                "created_at" => task => (task.CreatedAt, task.Id),
                "complete_till" => task => (task.CompleteTill, task.Id),
                _ => task => (task.Id, 0),
            };
            IEnumerable<SimulatedTask> found = _store.Tasks.All.Where(task => Matches(task, query));
            found = descending ? found.OrderByDescending(key) : found.OrderBy(key);
            return PagedReply.Of(request, "tasks", found, task => Json(task, request));
        }
    }

    private Reply Get(ApiRequest request)
    {
        lock (_store.Gate)
        {
            return _store.Tasks.Find(request.Route("id")) is { } task ? Reply.Hal(Json(task, request)) : Reply.NoContent;
        }
    }

    private Reply Create(ApiRequest request) => context.Batch.Many(request, "tasks", item =>
    {
        foreach (string required in (ReadOnlySpan<string>)["text", "complete_till"])
        {
            if (item[required] is null)
            {
                item.Missing(required);
            }
        }

        SimulatedTask draft = Read(item, new SimulatedTask
        {
            ResponsibleUserId = request.Actor.UserId,
            CreatedBy = EntityReader.User(_store, item, "created_by", request.Actor.UserId, robot: true),
            UpdatedBy = request.Actor.UserId,
            CreatedAt = item.Number("created_at") ?? 0,
        });
        return () => Written(context.Tasks.Add(draft, request.Actor), item, request, isNew: true);
    });

    private Reply UpdateMany(ApiRequest request) => context.Batch.Many(request, "tasks", item =>
    {
        if (item.Number("id") is not { } id)
        {
            item.Missing("id");
            return null;
        }

        if (_store.Tasks.Find(id) is null)
        {
            item.NotAChoice("id");
            return null;
        }

        return Update(request, item, id);
    });

    private Reply UpdateOne(ApiRequest request)
    {
        long id = request.Route("id");
        lock (_store.Gate)
        {
            return _store.Tasks.Find(id) is null ? Reply.NotFound : context.Batch.One(request, item => Update(request, item, id));
        }
    }

    private JsonObject Json(SimulatedTask task, ApiRequest request) => new()
    {
        ["id"] = task.Id,
        ["created_by"] = task.CreatedBy,
        ["updated_by"] = task.UpdatedBy,
        ["created_at"] = task.CreatedAt,
        ["updated_at"] = task.UpdatedAt,
        ["responsible_user_id"] = task.ResponsibleUserId,
        ["group_id"] = 0,
        ["entity_id"] = task.EntityId,
        ["entity_type"] = task.EntityKind?.Plural(),
        ["duration"] = task.Duration,
        ["is_completed"] = task.IsCompleted,
        ["task_type_id"] = task.TaskTypeId,
        ["text"] = task.Text,
        ["result"] = task.ResultText is null ? new JsonArray() : new JsonObject { ["text"] = task.ResultText },
        ["complete_till"] = task.CompleteTill,
        ["account_id"] = _store.Options.AccountId,
        ["_links"] = request.SelfLink($"/api/v4/tasks/{task.Id}"),
    };

    private Func<JsonObject> Update(ApiRequest request, ItemReader item, long id)
    {
        Read(item, _store.Tasks.Find(id)!);
        return () => Written(context.Tasks.Update(Read(item, _store.Tasks.Find(id)!), request.Actor), item, request, isNew: false);
    }

    private SimulatedTask Read(ItemReader item, SimulatedTask before)
    {
        (EntityKind? kind, long? entityId) = Owner(item, before);
        long type = item.Number("task_type_id") ?? before.TaskTypeId;
        if (item.Has("task_type_id") && AccountCatalog.TaskTypes.All(known => known.Id != type))
        {
            item.NotAChoice("task_type_id");
        }

        return before with
        {
            Text = item.Text("text", longest: 65535) ?? before.Text,
            CompleteTill = item.Number("complete_till") ?? before.CompleteTill,
            Duration = item.Number("duration") ?? before.Duration,
            TaskTypeId = type,
            EntityKind = kind,
            EntityId = entityId,
            IsCompleted = item.Flag("is_completed") ?? before.IsCompleted,
            ResultText = (item["result"] as JsonObject)?["text"]?.ToString() ?? before.ResultText,
            ResponsibleUserId = EntityReader.User(_store, item, "responsible_user_id", before.ResponsibleUserId, robot: false),
        };
    }

    private (EntityKind? Kind, long? EntityId) Owner(ItemReader item, SimulatedTask before)
    {
        if (item.Has("entity_id") && item["entity_id"] is null)
        {
            return (null, null);
        }

        if (item.Number("entity_id") is not { } entityId)
        {
            return (before.EntityKind, before.EntityId);
        }

        EntityKind? named = item.Has("entity_type") ? EntityKindNames.FromPlural(item.Text("entity_type")) : before.EntityKind;
        if (named is not { } kind)
        {
            item.NotAChoice("entity_type");
            return (null, null);
        }

        if (!_store.Exists(kind, entityId))
        {
            item.NotAChoice("entity_id");
        }

        return (kind, entityId);
    }

    private static JsonObject Written(SimulatedTask task, ItemReader item, ApiRequest request, bool isNew)
    {
        JsonObject body = new() { ["id"] = task.Id };
        if (!isNew)
        {
            body["updated_at"] = task.UpdatedAt;
        }

        body["request_id"] = item.RequestId;
        body["_links"] = request.SelfLink($"/api/v4/tasks/{task.Id}");
        return body;
    }

    private static bool Matches(SimulatedTask task, ListQuery query) =>
        query.Matches("id", task.Id)
        && query.Matches("responsible_user_id", task.ResponsibleUserId)
        && query.Matches("task_type", task.TaskTypeId)
        && query.Matches("entity_id", task.EntityId)
        && query.MatchesText("entity_type", task.EntityKind?.Plural())
        && (query.Filter("is_completed") is not [var wanted, ..] || (wanted is "1" or "true") == task.IsCompleted)
        && query.InRange("updated_at", task.UpdatedAt)
        && query.InRange("created_at", task.CreatedAt);
}
