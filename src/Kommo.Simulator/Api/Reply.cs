using System.Globalization;
using System.Text.Json.Nodes;

namespace Kommo.Simulator.Api;

/// <summary>An answer: status, body and content type. Success is hal+json, failure problem+json (Kommo: HTTP codes).</summary>
internal sealed record Reply(int Status, JsonNode? Body, string ContentType)
{
    public const string HalType = "application/hal+json";
    public const string ProblemType = "application/problem+json";

    /// <summary>An empty list, an unknown id or a deletion.</summary>
    public static Reply NoContent { get; } = new(204, null, HalType);

    public static Reply EmptyBody => Problem(400, "Bad Request", "Request data can not be empty");

    public static Reply Forbidden => Problem(403, "Forbidden", "Forbidden");

    /// <summary>An answer to something that is done later.</summary>
    public static Reply Accepted { get; } = new(202, null, HalType);

    public static Reply NotFound => Problem(404, "Not Found", "Page not found");

    public static Reply OverLimit(int limit) => Problem(
        422, "Unprocessable Entity", string.Create(CultureInfo.InvariantCulture, $"Limit {limit} per page"));

    public static Reply Unprocessable(string detail) => Problem(422, "Unprocessable Entity", detail);

    public static Reply Hal(JsonNode body, int status = 200) => new(status, body, HalType);

    public static Reply Json(JsonNode body, int status = 200) => new(status, body, "application/json");

    public static Reply Problem(int status, string title, string detail) =>
        new(status, ProblemBody(status, title, detail), ProblemType);

    public static Reply TooMany(TimeSpan retryAfter)
    {
        JsonObject body = ProblemBody(429, "Too Many Requests", "Too many requests. Slow down.");
        body["retry_after"] = (long)retryAfter.TotalSeconds;
        return new Reply(429, body, ProblemType);
    }

    public static Reply Invalid(IEnumerable<ItemReader> items)
    {
        JsonObject body = ProblemBody(400, "Bad Request", "Request validation failed");
        body.Insert(0, "validation-errors", Errors(items));
        return new Reply(400, body, ProblemType);
    }

    public static JsonArray Errors(IEnumerable<ItemReader> items) =>
        new([.. items.Where(item => item.Errors.Count > 0).Select(item => item.ErrorJson())]);

    private static JsonObject ProblemBody(int status, string title, string detail) => new()
    {
        ["title"] = title,
        ["type"] = $"https://httpstatus.es/{status.ToString(CultureInfo.InvariantCulture)}",
        ["status"] = status,
        ["detail"] = detail,
    };
}
