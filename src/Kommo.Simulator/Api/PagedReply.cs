using System.Globalization;
using System.Text.Json.Nodes;

namespace Kommo.Simulator.Api;

/// <summary>A page of a list with its links; no rows is 204 (Kommo: Limitations, paging).</summary>
internal static class PagedReply
{
    public static Reply Of<T>(ApiRequest request, string name, IEnumerable<T> rows, Func<T, JsonObject> json, bool totals = false)
    {
        ListQuery query = request.Query;
        if (query.Limit is < 1 or > ListQuery.LargestPage)
        {
            return Reply.TooLarge;
        }

        List<T> all = [.. rows];
        int limit = (int)query.Limit;
        List<T> page = [.. all.Skip((int)Math.Min(int.MaxValue, (query.Page - 1L) * limit)).Take(limit)];
        if (page.Count == 0)
        {
            return Reply.NoContent;
        }

        JsonObject body = new() { ["_page"] = query.Page };
        if (totals)
        {
            body["_total_items"] = all.Count;
            body["_page_count"] = (all.Count + limit - 1) / limit;
        }

        body["_links"] = Links(request, hasNext: (long)query.Page * limit < all.Count);
        body["_embedded"] = new JsonObject { [name] = new JsonArray([.. page.Select(json)]) };
        return Reply.Hal(body);
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
