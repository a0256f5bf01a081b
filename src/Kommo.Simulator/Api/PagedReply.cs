using System.Globalization;
using System.Text.Json.Nodes;

namespace Kommo.Simulator.Api;

/// <summary>
/// A page of a list with its links; no rows is 204 (Kommo: Limitations, paging). Rows that come as a list cost a page, not the list.
/// </summary>
internal static class PagedReply
{
    /// <param name="request">The request.</param>
    /// <param name="name">What <c>_embedded</c> calls the rows.</param>
    /// <param name="rows">All rows that were asked for, in their order.</param>
    /// <param name="json">What is shown of a row.</param>
    /// <param name="totals">Whether the answer counts the rows and pages, which takes a walk over all of them.</param>
    /// <param name="largestPage">The largest <c>limit</c>.</param>
    public static Reply Of<T>(
        ApiRequest request, string name, IEnumerable<T> rows, Func<T, JsonObject> json, bool totals = false, int largestPage = ListQuery.LargestPage)
    {
        ListQuery query = request.Query;
        if (query.Limit < 1 || query.Limit > largestPage)
        {
            return Reply.OverLimit(largestPage);
        }

        if (totals)
        {
            rows = [.. rows];
        }

        int limit = (int)query.Limit;
        List<T> page = Slice(rows, (query.Page - 1L) * limit, limit + 1);
        if (page.Count == 0)
        {
            return Reply.NoContent;
        }

        JsonObject body = new() { ["_page"] = query.Page };
        if (totals)
        {
            int count = rows.Count();
            body["_total_items"] = count;
            body["_page_count"] = (count + limit - 1) / limit;
        }

        body["_links"] = Links(request, hasNext: page.Count > limit);
        body["_embedded"] = new JsonObject { [name] = new JsonArray([.. page.Take(limit).Select(json)]) };
        return Reply.Hal(body);
    }

    private static List<T> Slice<T>(IEnumerable<T> rows, long start, int count)
    {
        if (rows is not IReadOnlyList<T> list)
        {
            return [.. rows.Skip((int)Math.Min(int.MaxValue, start)).Take(count)];
        }

        List<T> slice = [];
        for (long index = start; index < list.Count && slice.Count < count; index++)
        {
            slice.Add(list[(int)index]);
        }

        return slice;
    }

    private static JsonObject Links(ApiRequest request, bool hasNext)
    {
        int page = request.Query.Page;
        JsonObject links = new() { ["self"] = Link(request, page) };
        if (hasNext)
        {
            links["next"] = Link(request, page + 1);
        }

        if (page > 1)
        {
            links["first"] = Link(request, 1);
            links["prev"] = Link(request, page - 1);
        }

        return links;
    }

    private static JsonObject Link(ApiRequest request, int page)
    {
        string path = request.PathAndQuery;
        int question = path.IndexOf('?', StringComparison.Ordinal);
        IEnumerable<string> others = question < 0
            ? []
            : path[(question + 1)..].Split('&').Where(part => part.Split('=')[0] is not ("page" or "limit" or ""));
        string position = string.Create(CultureInfo.InvariantCulture, $"page={page}&limit={request.Query.Limit}");
        return new JsonObject { ["href"] = $"{request.Origin}{request.Path}?{string.Join('&', others.Append(position))}" };
    }
}
