using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kommo.Tests.Support;

/// <summary>Answers writes of many: each request as a test says, else as Kommo does when all is well.</summary>
internal static class BatchServer
{
    /// <param name="answer">What to answer to a request of these items, the first one counted 1; null when all is well.</param>
    /// <param name="key">The list's name under <c>_embedded</c>.</param>
    public static Task<KommoServer> StartAsync(Func<int, IReadOnlyList<JsonElement>, Answer?> answer, string key = "leads")
    {
        var requests = 0;
        return KommoServer.StartAsync((request, context) =>
        {
            var items = JsonDocument.Parse(request.Body).RootElement.EnumerateArray().ToList();
            return (answer(Interlocked.Increment(ref requests), items) ?? Success(items, key)).WriteAsync(context);
        });
    }

    /// <summary>The names of the items of each request.</summary>
    public static IReadOnlyList<string> Batches(this KommoServer server) => [.. server.Requests.Select(request => string.Join(
        ',', JsonDocument.Parse(request.Body).RootElement.EnumerateArray().Select(item => item.GetProperty("name").GetString())))];

    public static Answer Refusal(params (string RequestId, string Path)[] items) => Answer.Problem(400, new JsonObject
    {
        ["validation-errors"] = new JsonArray([.. items.Select(item => new JsonObject
        {
            ["request_id"] = item.RequestId,
            ["errors"] = new JsonArray(new JsonObject { ["code"] = "Invalid", ["path"] = item.Path }),
        })]),
    }.ToJsonString());

    private static Answer Success(List<JsonElement> items, string key) => new(200, new JsonObject
    {
        ["_embedded"] = new JsonObject
        {
            [key] = new JsonArray([.. items.Select(item => new JsonObject
            {
                ["id"] = item.TryGetProperty("id", out var id) ? id.GetInt64() : 1000 + long.Parse(item.GetProperty("request_id").GetString()!, null),
                ["request_id"] = item.GetProperty("request_id").GetString(),
            })]),
        },
    }.ToJsonString());
}
