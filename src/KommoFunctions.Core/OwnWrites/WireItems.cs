using System.Text.Json;

namespace KommoFunctions.OwnWrites;

/// <summary>The items of a request or an answer of Kommo's API: an array, one object, or what <c>_embedded</c> holds (Kommo: API v4).</summary>
internal static class WireItems
{
    public static IEnumerable<JsonElement> Of(JsonElement root) => root switch
    {
        { ValueKind: JsonValueKind.Array } => Objects(root),
        { ValueKind: JsonValueKind.Object } when !root.TryGetProperty("id", out _) && Embedded(root) is { } items => Objects(items),
        { ValueKind: JsonValueKind.Object } => [root],
        _ => [],
    };

    public static long? Id(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var id) && id > 0 ? id : null;

    public static DateTimeOffset? Time(JsonElement item, string name) =>
        Id(item, name) is { } seconds && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static IEnumerable<JsonElement> Objects(JsonElement array) => array.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object);

    private static JsonElement? Embedded(JsonElement root)
    {
        if (root.TryGetProperty("_embedded", out var embedded) && embedded.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in embedded.EnumerateObject())
            {
                if (property.Value.ValueKind == JsonValueKind.Array)
                {
                    return property.Value;
                }
            }
        }

        return null;
    }
}
