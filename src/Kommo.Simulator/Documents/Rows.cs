using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kommo.Simulator.Documents;

/// <summary>Reads properties of rows whose types are known, and copies rows.</summary>
internal static class Rows
{
    public static string ToText(this long number) => number.ToString(CultureInfo.InvariantCulture);

    public static long Id(this JsonObject row) => row.Long("id");

    public static long Long(this JsonObject row, string name) => row.LongOrNone(name) ?? 0;

    public static long? LongOrNone(this JsonObject row, string name) =>
        row[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out long number) ? number : null;

    /// <summary>The property as text, numbers included; empty when it is absent.</summary>
    public static string Text(this JsonObject row, string name) => row[name]?.ToString() ?? "";

    public static bool Flag(this JsonObject row, string name) => row[name]?.GetValueKind() == JsonValueKind.True;

    public static JsonArray List(this JsonObject row, string name) => row[name] as JsonArray ?? [];

    public static JsonObject Object(this JsonObject row, string name) => row[name] as JsonObject ?? [];

    public static JsonObject Copy(this JsonObject row) => (JsonObject)row.DeepClone();

    /// <summary>A copy in which the property has another value.</summary>
    public static JsonObject With(this JsonObject row, string name, JsonNode? value)
    {
        JsonObject copy = row.Copy();
        copy[name] = value;
        return copy;
    }

    public static JsonArray ToJsonArray(this IEnumerable<JsonNode?> nodes) => new([.. nodes]);

    public static JsonArray ToIds(this IEnumerable<long> ids) => ids.Select(id => (JsonNode?)JsonValue.Create(id)).ToJsonArray();

    public static JsonArray ToTexts(this IEnumerable<string> texts) => texts.Select(text => (JsonNode?)JsonValue.Create(text)).ToJsonArray();

    public static IEnumerable<JsonObject> Objects(this JsonArray array) => array.OfType<JsonObject>();
}
