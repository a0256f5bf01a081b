using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kommo.Webhooks;

namespace KommoFunctions.OwnWrites;

/// <summary>
/// The values that a change wrote, as far as a hook shows them in a form that can be compared: ids, whole prices, text, and the choices of a list field.
/// </summary>
/// <remarks>
/// A write of our own that is taken for a person's may go round for ever, so whatever Kommo may show otherwise than it was written is left out (dates,
/// phone numbers, addresses of pages, numbers of a field) or compared loosely: of a text its letters, and the one may be a part of the other.
/// </remarks>
internal sealed class WrittenValues(Dictionary<string, string> fields)
{
    private const int MaxFields = 60;
    private const int MaxLetters = 200;
    private const string Choices = "=";

    private static readonly string[] Numbers = ["status_id", "pipeline_id", "responsible_user_id", "price"];
    private static readonly string[] Texts = ["name", "text"];

    /// <summary>A change of nothing that can be compared: its second alone tells it.</summary>
    public static WrittenValues None { get; } = new([]);

    /// <summary>By the names that hooks have; a custom field by its id.</summary>
    public Dictionary<string, string> Fields => fields;

    /// <summary>Those of a change as it is sent.</summary>
    public static WrittenValues Of(JsonObject change)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Numbers)
        {
            if (Whole(change[name]) is { } number)
            {
                fields[name] = number.ToString(CultureInfo.InvariantCulture);
            }
        }

        foreach (var name in Texts.Where(name => name != "name" || !IsMadeOfParts(change)))
        {
            Add(fields, name, Letters(Text(change[name])));
        }

        foreach (var field in change["custom_fields_values"] as JsonArray ?? [])
        {
            if (fields.Count < MaxFields && field is JsonObject one && Whole(one["field_id"]) is { } id && one["values"] is JsonArray values)
            {
                Add(fields, string.Create(CultureInfo.InvariantCulture, $"{id}"), Value(values));
            }
        }

        return new WrittenValues(fields);
    }

    /// <summary>Whether an event may show the entity as this change left it: nothing that it shows differs from what was written.</summary>
    public bool MayBeWhat(WebhookFields shown)
    {
        var custom = new Lazy<Dictionary<string, int>>(() => CustomFieldsOf(shown));
        return fields.All(field => Numbers.Contains(field.Key) ? SameNumber(field.Value, shown[field.Key])
            : Texts.Contains(field.Key) ? SameText(field.Value, shown[field.Key])
            : !custom.Value.TryGetValue(field.Key, out var position) || SameValue(field.Value, shown, position));
    }

    /// <summary>Kommo makes a contact's name of these.</summary>
    private static bool IsMadeOfParts(JsonObject change) => change.ContainsKey("first_name") || change.ContainsKey("last_name");

    private static bool SameNumber(string written, string? shown) =>
        !decimal.TryParse(shown, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
        || number == decimal.Parse(written, CultureInfo.InvariantCulture);

    private static bool SameText(string written, string? shown) =>
        Letters(shown) is not { Length: > 0 } letters
        || letters.Contains(written, StringComparison.Ordinal)
        || written.Contains(letters, StringComparison.Ordinal);

    private static bool SameValue(string written, WebhookFields shown, int position)
    {
        var values = string.Create(CultureInfo.InvariantCulture, $"custom_fields[{position}][values]");
        if (!written.StartsWith(Choices, StringComparison.Ordinal))
        {
            return shown[$"{values}[1][value]"] is not null || SameText(written, shown[$"{values}[0][value]"]);
        }

        var chosen = new SortedSet<long>();
        for (var i = 0; shown.GetInt64(string.Create(CultureInfo.InvariantCulture, $"{values}[{i}][enum]")) is { } choice; i++)
        {
            chosen.Add(choice);
        }

        return chosen.Count == 0 || written == Joined(chosen);
    }

    private static Dictionary<string, int> CustomFieldsOf(WebhookFields shown)
    {
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; shown[string.Create(CultureInfo.InvariantCulture, $"custom_fields[{i}][id]")] is { } id; i++)
        {
            positions[id] = i;
        }

        return positions;
    }

    /// <summary>Choices by their ids, or a single text; null for what cannot be compared.</summary>
    private static string? Value(JsonArray values)
    {
        var choices = new SortedSet<long>(values.Select(value => Whole((value as JsonObject)?["enum_id"])).OfType<long>());
        if (values.Count > 0 && values.All(value => value is JsonObject one && one["enum_id"] is not null && one["value"] is null))
        {
            return Joined(choices);
        }

        return values is [JsonObject single] && single["enum_id"] is null && single["enum_code"] is null ? FreeText(Text(single["value"])) : null;
    }

    /// <summary>A text that is no date, no number and no address of a page.</summary>
    private static string? FreeText(string? text) =>
        text is null || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _) || Uri.IsWellFormedUriString(text, UriKind.Absolute)
            ? null
            : Letters(text);

    private static string Joined(SortedSet<long> choices) => Choices + string.Join(',', choices);

    private static void Add(Dictionary<string, string> fields, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            fields[name] = value;
        }
    }

    /// <summary>Null for a text with markup in it, which Kommo may take out.</summary>
    private static string? Letters(string? text) => text is null || text.AsSpan().ContainsAny('<', '&')
        ? null
        : string.Concat(text.Where(char.IsLetter).Select(char.ToLowerInvariant).Take(MaxLetters));

    private static string? Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    private static long? Whole(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.Number && decimal.TryParse(node.ToJsonString(), NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
            && number == decimal.Truncate(number) && Math.Abs(number) < long.MaxValue
            ? (long)number
            : null;
}
