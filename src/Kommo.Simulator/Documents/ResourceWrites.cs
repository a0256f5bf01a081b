using System.Text.Json.Nodes;
using Kommo.Simulator.Api;
using Kommo.Simulator.Entities;

namespace Kommo.Simulator.Documents;

/// <summary>Reads, keeps and answers writes to a <see cref="Resource"/>.</summary>
internal sealed class ResourceWrites(Resource resource, AccountStore store, Action touched)
{
    private readonly ResourceRows _rows = new(resource);

    /// <summary>Checks an item for the row with the id, or for a new one, and returns what keeps it.</summary>
    public Func<JsonObject> Prepare(ApiRequest request, ItemReader item, string? id)
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
        JsonObject? before = id is null ? null : _rows.Find(request, id);
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
            body = _rows.Show(row, draft.Request);
        }
        else
        {
            string key = resource.Table(draft.Request).Key;
            body = new JsonObject { [key] = row[key]!.DeepClone() };
            if (!draft.IsNew && resource.HasTimes)
            {
                body["updated_at"] = row.Long("updated_at");
            }

            body["_links"] = draft.Request.SelfLink(_rows.Link(row, draft.Request));
        }

        body["request_id"] = resource.NumbersRequests && long.TryParse(draft.Item.RequestId, out long number)
            ? JsonValue.Create(number)
            : JsonValue.Create(draft.Item.RequestId);
        return body;
    }
}
