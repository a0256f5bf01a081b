using System.Text.Json.Nodes;

namespace KommoFunctions.Outbox;

/// <summary>Merges <c>custom_fields_values</c>: per field the later change wins, one that clears it included.</summary>
internal static class FieldMerge
{
    /// <summary>The fields of both; null when they may name one field in two ways, by its id and by its code.</summary>
    public static JsonArray? TryMerge(JsonNode? first, JsonNode? second)
    {
        if (Read(first) is not { } before || Read(second) is not { } after)
        {
            return null;
        }

        var (earlier, later) = (before.Select(field => field.Key).ToHashSet(), after.Select(field => field.Key).ToHashSet());
        var onlyEarlier = earlier.Except(later).ToList();
        var onlyLater = later.Except(earlier).ToList();
        return onlyEarlier.Any(a => onlyLater.Any(b => a.IsCode != b.IsCode))
            ? null
            : [.. before.Where(field => !later.Contains(field.Key)).Concat(after).Select(field => field.Entry.DeepClone())];
    }

    /// <summary>Null for what is not a list of fields.</summary>
    private static List<(FieldKey Key, JsonObject Entry)>? Read(JsonNode? fields)
    {
        if (fields is null)
        {
            return [];
        }

        var read = new List<(FieldKey, JsonObject)>();
        foreach (var node in fields as JsonArray ?? [null])
        {
            if (node is not JsonObject entry || KeyOf(entry) is not { } key)
            {
                return null;
            }

            read.Add((key, entry));
        }

        return read;
    }

    private static FieldKey? KeyOf(JsonObject entry) =>
        entry["field_id"] is { } id ? new FieldKey(false, id.ToString())
        : entry["field_code"] is { } code ? new FieldKey(true, code.ToString().ToUpperInvariant())
        : null;

    private readonly record struct FieldKey(bool IsCode, string Text);
}
