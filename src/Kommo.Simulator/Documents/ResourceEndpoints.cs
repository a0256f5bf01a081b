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
    private readonly ResourceRows _rows = new(resource);
    private readonly ResourceWrites _writes = new(resource, store, touched);
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
        IEnumerable<JsonObject> found = _rows.Here(request).Where(row =>
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

        return PagedReply.Of(request, resource.Name, found, row => _rows.Show(row, request), resource.HasTotals, resource.LargestPage);
    }

    private Reply Get(ApiRequest request) => _rows.Find(request, Key(request)) is { } row ? Reply.Hal(_rows.Show(row, request)) : Unknown;

    private Reply Create(ApiRequest request)
    {
        int added = (request.Body as JsonArray)?.Count ?? 1;
        if (resource.MostRows is { } limit && _rows.Here(request).Count() + added > limit.Most)
        {
            return Reply.Problem(422, "Unprocessable Entity", $"Limit {limit.Most} {limit.Words}");
        }

        return _batch.Many(request, resource.Name, item => _writes.Prepare(request, item, null), resource.CreateStatus, resource.MostItems);
    }

    private Reply UpdateMany(ApiRequest request) => _batch.Many(request, resource.Name, item =>
    {
        string key = resource.Table(request).Key;
        if (item[key] is not { } id)
        {
            item.Missing(key);
            return null;
        }

        if (_rows.Find(request, id.ToString()) is null)
        {
            item.NotAChoice(key);
            return null;
        }

        return _writes.Prepare(request, item, id.ToString());
    }, resource.UpdateStatus, resource.MostItems);

    private Reply UpdateOne(ApiRequest request)
    {
        string id = Key(request);
        return _rows.Find(request, id) is null
            ? Reply.NotFound
            : _batch.One(request, item => _writes.Prepare(request, item, id), resource.UpdateStatus);
    }

    private Reply Delete(ApiRequest request, string id)
    {
        if (_rows.Find(request, id) is not { } row)
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
        return ids.Any(id => _rows.Find(request, id) is null)
            ? Reply.NotFound
            : ids.Select(id => Delete(request, id)).LastOrDefault(reply => reply.Status >= 400) ?? Reply.NoContent;
    }

    private string Key(ApiRequest request) => request.RouteText(_keyRoute);

    private Reply Unknown => resource.UnknownStatus == 404 ? Reply.NotFound : Reply.NoContent;
}
