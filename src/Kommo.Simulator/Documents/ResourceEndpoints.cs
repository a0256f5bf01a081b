using System.Text.Json.Nodes;
using Kommo.Simulator.Api;
using Kommo.Simulator.Entities;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Documents;

/// <summary>Which routes a resource has.</summary>
[Flags]
internal enum Verbs
{
    List = 1,
    Get = 2,
    Create = 4,
    UpdateMany = 8,
    UpdateOne = 16,
    Delete = 32,
    DeleteMany = 64,
    Read = List | Get,
    All = Read | Create | UpdateMany | UpdateOne | Delete,
}

/// <summary>Serves a <see cref="Resource"/>.</summary>
internal sealed class ResourceEndpoints(Resource resource, AccountStore store, Action touched)
{
    private readonly BatchWrite _batch = new(store);
    private readonly string _keyRoute = resource.Key.Trim('{', '}').Split(':')[0];

    public void Map(RouteGroupBuilder api, Verbs verbs)
    {
        void On(Verbs verb, string method, string path, Func<ApiRequest, Reply> serve)
        {
            if (verbs.HasFlag(verb))
            {
                bool admin = verb is Verbs.List or Verbs.Get ? resource.ReadsNeedAdmin : resource.WritesNeedAdmin;
                api.Serve(method, path, request => Guarded(request, admin, serve));
            }
        }

        string one = $"{resource.Path}/{resource.Key}";
        On(Verbs.List, "GET", resource.Path, List);
        On(Verbs.Get, "GET", one, Get);
        On(Verbs.Create, "POST", resource.Path, Create);
        On(Verbs.UpdateMany, "PATCH", resource.Path, UpdateMany);
        On(Verbs.UpdateOne, "PATCH", one, UpdateOne);
        On(Verbs.Delete, "DELETE", one, request => Delete(request, Key(request)));
        On(Verbs.DeleteMany, "DELETE", resource.Path, DeleteMany);
    }

    /// <summary>The row as the API shows it.</summary>
    public JsonObject Show(JsonObject row, ApiRequest request)
    {
        JsonObject shown = row.Copy();
        shown["_links"] = request.SelfLink(Link(row, request));
        resource.Show?.Invoke(shown, request);
        return shown;
    }

    private Reply Guarded(ApiRequest request, bool admin, Func<ApiRequest, Reply> serve)
    {
        if (admin && !store.IsAdmin(request.Actor.UserId))
        {
            return Reply.Forbidden;
        }

        lock (store.Gate)
        {
            return resource.Refuse?.Invoke(request) ?? serve(request);
        }
    }

    private Reply List(ApiRequest request)
    {
        ListQuery query = request.Query;
        IEnumerable<JsonObject> found = Here(request).Where(row =>
            resource.Filters.All(name => query.Filter(name) is not { } wanted || wanted.Contains(row[name]?.ToString()))
            && resource.Ranges.All(name => query.InRange(name, row.LongOrNone(name)))
            && (string.IsNullOrEmpty(query.Search)
                || resource.Searched.Any(name => row.Text(name).Contains(query.Search, StringComparison.OrdinalIgnoreCase)))
            && (resource.Matches?.Invoke(row, request) ?? true));
        (string field, bool descending) = query.Order("", [.. resource.Orders]);
        if (field.Length > 0)
        {
            found = descending ? found.OrderByDescending(row => row.Long(field)) : found.OrderBy(row => row.Long(field));
        }

        return PagedReply.Of(request, resource.Name, found, row => Show(row, request), resource.HasTotals, resource.LargestPage);
    }

    private Reply Get(ApiRequest request) => Find(request, Key(request)) is { } row ? Reply.Hal(Show(row, request)) : Unknown;

    private Reply Create(ApiRequest request)
    {
        int added = (request.Body as JsonArray)?.Count ?? 1;
        if (resource.MostRows is { } limit && Here(request).Count() + added > limit.Most)
        {
            return Reply.Problem(422, "Unprocessable Entity", $"Limit {limit.Most} {limit.Words}");
        }

        return _batch.Many(request, resource.Name, item => Prepare(request, item, null), resource.CreateStatus, resource.MostItems);
    }

    private Reply UpdateMany(ApiRequest request) => _batch.Many(request, resource.Name, item =>
    {
        string key = resource.Table(request).Key;
        if (item[key] is not { } id)
        {
            item.Missing(key);
            return null;
        }

        if (Find(request, id.ToString()) is null)
        {
            item.NotAChoice(key);
            return null;
        }

        return Prepare(request, item, id.ToString());
    }, resource.UpdateStatus, resource.MostItems);

    private Reply UpdateOne(ApiRequest request)
    {
        string id = Key(request);
        return Find(request, id) is null
            ? Reply.NotFound
            : _batch.One(request, item => Prepare(request, item, id), resource.UpdateStatus);
    }

    private Reply Delete(ApiRequest request, string id)
    {
        if (Find(request, id) is not { } row)
        {
            return Reply.NotFound;
        }

        if (resource.RefuseDelete?.Invoke(row, request) is { } refusal)
        {
            return refusal;
        }

        resource.Table(request).Remove(id);
        resource.Deleted?.Invoke(row, request);
        touched();
        return Reply.NoContent;
    }

    private Reply DeleteMany(ApiRequest request)
    {
        if (request.Body is not JsonArray { Count: > 0 } items)
        {
            return Reply.EmptyBody;
        }

        string key = resource.Table(request).Key;
        List<string> ids = [.. items.Select(item => (item as JsonObject)?.Text(key) ?? "")];
        return ids.Any(id => Find(request, id) is null)
            ? Reply.NotFound
            : ids.Select(id => Delete(request, id)).LastOrDefault(reply => reply.Status >= 400) ?? Reply.NoContent;
    }

    private Func<JsonObject> Prepare(ApiRequest request, ItemReader item, string? id)
    {
        Read(request, item, id);
        // Read again as it is applied: an earlier item of the request may have changed the same row.
        return () =>
        {
            Draft draft = Read(request, item, id);
            DocumentTable table = resource.Table(request);
            if (draft.IsNew)
            {
                draft.Row[table.Key] = resource.NewKey?.Invoke(draft) ?? JsonValue.Create(table.NextId());
            }

            table.Put(draft.Row);
            resource.Written?.Invoke(draft);
            touched();
            return Answer(draft, table.Find(draft.Row.Text(table.Key))!);
        };
    }

    private Draft Read(ApiRequest request, ItemReader item, string? id)
    {
        JsonObject? before = id is null ? null : Find(request, id);
        JsonObject row = before?.Copy() ?? new JsonObject { [resource.Table(request).Key] = null };
        foreach (Field field in resource.Fields)
        {
            field.Read(item, row, before is null, store.IsUser);
        }

        Draft draft = new(item, request, row, before);
        Stamp(draft);
        resource.Check?.Invoke(draft);
        return draft;
    }

    private void Stamp(Draft draft)
    {
        JsonObject row = draft.Row;
        if (draft.IsNew && resource.Parent is { } parent)
        {
            row[parent.Property] = draft.Request.Route(parent.Route);
        }

        if (resource.HasUsers)
        {
            row["created_by"] = draft.IsNew ? draft.Request.Actor.UserId : row.Long("created_by");
            row["updated_by"] = draft.Request.Actor.UserId;
        }

        if (resource.HasTimes)
        {
            row["created_at"] = draft.IsNew ? store.Now : row.Long("created_at");
            row["updated_at"] = store.Now;
        }

        if (resource.HasAccount)
        {
            row["account_id"] = store.Options.AccountId;
        }
    }

    private JsonObject Answer(Draft draft, JsonObject row)
    {
        JsonObject body;
        if (resource.AnswersWhole)
        {
            body = Show(row, draft.Request);
        }
        else
        {
            string key = resource.Table(draft.Request).Key;
            body = new JsonObject { [key] = row[key]!.DeepClone() };
            if (!draft.IsNew && resource.HasTimes)
            {
                body["updated_at"] = row.Long("updated_at");
            }

            body["_links"] = draft.Request.SelfLink(Link(row, draft.Request));
        }

        body["request_id"] = resource.NumbersRequests && long.TryParse(draft.Item.RequestId, out long number)
            ? JsonValue.Create(number)
            : JsonValue.Create(draft.Item.RequestId);
        return body;
    }

    private IEnumerable<JsonObject> Here(ApiRequest request) => resource.Parent is { } parent
        ? resource.Table(request).All.Where(row => row.Long(parent.Property) == request.Route(parent.Route))
        : resource.Table(request).All;

    private JsonObject? Find(ApiRequest request, string id) =>
        resource.Table(request).Find(id) is { } row
        && (resource.Parent is not { } parent || row.Long(parent.Property) == request.Route(parent.Route)) ? row : null;

    private string Key(ApiRequest request) => request.RouteText(_keyRoute);

    private string Link(JsonObject row, ApiRequest request) =>
        $"/api/v4{request.Filled(resource.Path)}/{row.Text(resource.Table(request).Key)}";

    private Reply Unknown => resource.UnknownStatus == 404 ? Reply.NotFound : Reply.NoContent;
}
