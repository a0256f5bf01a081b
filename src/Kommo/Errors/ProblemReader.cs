using System.Text.Json;

namespace Kommo;

/// <summary>Reads the shapes in which Kommo describes a problem (Kommo: HTTP codes).</summary>
internal static class ProblemReader
{
    public static KommoProblem? TryRead(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement.Clone()) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the second for texts that are no UTF-8
        {
            return null;
        }
    }

    private static KommoProblem Read(JsonElement root) => new()
    {
        Title = Text(root, "title"),
        Detail = Text(root, "detail") ?? Text(root, "error_description"),
        Hint = Text(root, "hint"),
        Type = Text(root, "type"),
        Code = Text(root, "error_code") ?? Text(root, "code"),
        TraceId = Text(root, "trace_id"),
        RetryAfter = Seconds(root, "retry_after"),
        Items = List(root, "validation-errors").Select(Item).Concat(List(root, "errors").Where(Names).Select(ItemOfItsOwn)).ToList(),
        Body = root,
    };

    private static KommoItemProblem Item(JsonElement item) => new(
        Text(item, "request_id"),
        List(item, "errors").Select(error => new KommoFieldProblem(Text(error, "code"), Text(error, "path"), Text(error, "detail"))).ToList());

    /// <summary>The route of calls tells what is wrong with an item without nesting (Kommo: Calls, <c>errors</c>).</summary>
    private static bool Names(JsonElement error) => Text(error, "request_id") is not null;

    private static KommoItemProblem ItemOfItsOwn(JsonElement error) => new(
        Text(error, "request_id"),
        [new KommoFieldProblem(Text(error, "code") ?? Text(error, "status"), Text(error, "path"), Text(error, "detail") ?? Text(error, "title"))]);

    private static IEnumerable<JsonElement> List(JsonElement parent, string name)
    {
        if (parent.ValueKind != JsonValueKind.Object || !parent.TryGetProperty(name, out var list))
        {
            return [];
        }

        return list.ValueKind switch
        {
            JsonValueKind.Array => list.EnumerateArray(),
            JsonValueKind.Object => list.EnumerateObject().Select(property => property.Value),
            _ => [],
        };
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            }
            : null;

    private static TimeSpan? Seconds(JsonElement parent, string name) =>
        double.TryParse(Text(parent, name), System.Globalization.CultureInfo.InvariantCulture, out var seconds)
        && seconds >= 0 && seconds <= TimeSpan.FromDays(365).TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
