using System.Text.Json;

namespace KommoFunctions.Outbox;

/// <summary>
/// Tells whether what Kommo holds is what was sent: all that was sent is there, whatever else is. Lists are compared without their order, texts
/// without case and surrounding blanks, since Kommo keeps neither for certain.
/// </summary>
internal static class JsonSubset
{
    /// <param name="sent">What was sent.</param>
    /// <param name="held">What Kommo holds; it may have more fields, and lists may have more entries.</param>
    public static bool Matches(JsonElement sent, JsonElement held) => sent.ValueKind switch
    {
        JsonValueKind.Object => MatchesObject(sent, held),
        JsonValueKind.Array => MatchesList(sent, held),
        JsonValueKind.Null => IsNothing(held),
        _ => MatchesValue(sent, held),
    };

    private static bool MatchesObject(JsonElement sent, JsonElement held)
    {
        foreach (var field in sent.EnumerateObject())
        {
            var value = held.ValueKind == JsonValueKind.Object && held.TryGetProperty(field.Name, out var there) ? there : default;
            if (!Matches(field.Value, value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Each entry that was sent needs one of its own.</summary>
    private static bool MatchesList(JsonElement sent, JsonElement held)
    {
        var left = held.ValueKind == JsonValueKind.Array ? held.EnumerateArray().ToList() : [];
        foreach (var entry in sent.EnumerateArray())
        {
            if (Clears(entry))
            {
                continue;
            }

            var index = left.FindIndex(one => Matches(entry, one));
            if (index < 0)
            {
                return false;
            }

            left.RemoveAt(index);
        }

        return true;
    }

    /// <summary>A custom field that was sent without values is not there afterwards.</summary>
    private static bool Clears(JsonElement entry) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("values", out var values) && IsNothing(values);

    private static bool IsNothing(JsonElement value) =>
        value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0);

    /// <summary>Kommo keeps some numbers as texts.</summary>
    private static bool MatchesValue(JsonElement sent, JsonElement held)
    {
        var (a, b) = (sent.ToString().Trim(), held.ToString().Trim());
        var areNumbers = sent.ValueKind == JsonValueKind.Number || held.ValueKind == JsonValueKind.Number;
        return areNumbers && TryNumber(a, out var x) && TryNumber(b, out var y)
            ? x == y
            : string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
    }

    private static bool TryNumber(string text, out decimal number) =>
        decimal.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out number);
}
