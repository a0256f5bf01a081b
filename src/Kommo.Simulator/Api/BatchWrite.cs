using System.Text.Json.Nodes;
using Kommo.Simulator.Entities;

namespace Kommo.Simulator.Api;

/// <summary>
/// A write of several items: all are checked before any is applied, and one bad item refuses all of them (unless the options say
/// otherwise). Answers in the order of the request, with each item's <c>request_id</c>.
/// </summary>
internal sealed class BatchWrite(AccountStore store)
{
    public const int MostItems = 250;

    /// <param name="request">The request, whose body is an array.</param>
    /// <param name="name">What <c>_embedded</c> calls the items.</param>
    /// <param name="prepare">Checks an item and returns what applies it; what it returns is ignored when it reported errors.</param>
    /// <param name="status">What success answers.</param>
    /// <param name="mostItems">How many items one request may hold; 422 beyond.</param>
    public Reply Many(
        ApiRequest request, string name, Func<ItemReader, Func<JsonObject>?> prepare, int status = 200, int mostItems = MostItems)
    {
        (Reply? refusal, IReadOnlyList<JsonNode> results, IReadOnlyList<ItemReader> failed) = Apply(request, prepare, mostItems);
        if (refusal is not null)
        {
            return refusal;
        }

        JsonObject body = new()
        {
            ["_links"] = request.SelfLink(request.PathAndQuery),
            ["_embedded"] = new JsonObject { [name] = new JsonArray([.. results]) },
        };
        if (failed.Count > 0)
        {
            body["validation-errors"] = Reply.Errors(failed);
        }

        return Reply.Hal(body, status);
    }

    /// <summary>As <see cref="Many"/>, but the answer is the plain array that <c>leads/complex</c> gives.</summary>
    public Reply PlainMany(ApiRequest request, Func<ItemReader, Func<JsonObject>?> prepare, int mostItems)
    {
        (Reply? refusal, IReadOnlyList<JsonNode> results, _) = Apply(request, prepare, mostItems);
        return refusal ?? Reply.Hal(new JsonArray([.. results]));
    }

    /// <summary>A write of the one item that the route names.</summary>
    public Reply One(ApiRequest request, Func<ItemReader, Func<JsonObject>?> prepare, int status = 200)
    {
        if (request.Body is not JsonObject { Count: > 0 } item)
        {
            return Reply.EmptyBody;
        }

        lock (store.Gate)
        {
            ItemReader reader = new(item, 0);
            Func<JsonObject>? apply = prepare(reader);
            return reader.Errors.Count > 0 ? Reply.Invalid([reader]) : Reply.Hal(apply!(), status);
        }
    }

    private (Reply? Refusal, IReadOnlyList<JsonNode> Results, IReadOnlyList<ItemReader> Failed) Apply(
        ApiRequest request, Func<ItemReader, Func<JsonObject>?> prepare, int mostItems)
    {
        if (request.Body is not JsonArray { Count: > 0 } items)
        {
            Reply refusal = request.Body is JsonObject { Count: > 0 }
                ? Reply.Problem(400, "Bad Request", "Invalid data format: an array is expected")
                : Reply.EmptyBody;
            return (refusal, [], []);
        }

        if (items.Count > mostItems)
        {
            return (Reply.OverLimit(mostItems), [], []);
        }

        lock (store.Gate)
        {
            List<(ItemReader Reader, Func<JsonObject>? Apply)> prepared = [];
            for (int index = 0; index < items.Count; index++)
            {
                ItemReader reader = new(items[index], index);
                prepared.Add((reader, prepare(reader)));
            }

            List<ItemReader> failed = [.. prepared.Select(item => item.Reader).Where(reader => reader.Errors.Count > 0)];
            bool refused = failed.Count == prepared.Count || (failed.Count > 0 && store.Options.WritesAreAllOrNothing);
            return refused
                ? (Reply.Invalid(failed), [], [])
                : (null, [.. prepared.Where(item => item.Reader.Errors.Count == 0).Select(item => item.Apply!())], failed);
        }
    }
}
