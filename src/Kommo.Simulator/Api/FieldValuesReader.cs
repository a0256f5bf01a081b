using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;

namespace Kommo.Simulator.Api;

/// <summary>Reads <c>custom_fields_values</c>: fields by id or code, options by id, code or text; null values clear a field.</summary>
internal static class FieldValuesReader
{
    public static IReadOnlyList<SimulatedFieldValue> Read(ItemReader item, EntityKind kind, IReadOnlyList<SimulatedFieldValue> before)
    {
        if (item.Array("custom_fields_values") is not { } fields)
        {
            return before;
        }

        Dictionary<long, SimulatedFieldValue> values = before.ToDictionary(value => value.FieldId);
        for (int index = 0; index < fields.Count; index++)
        {
            string path = $"custom_fields_values.{index}";
            JsonObject field = fields[index] as JsonObject ?? [];
            if (Definition(item, kind, field, path) is not { } definition)
            {
                continue;
            }

            if (field["values"] is not JsonArray { Count: > 0 } entries)
            {
                values.Remove(definition.Id);
                continue;
            }

            values[definition.Id] = new SimulatedFieldValue(
                definition.Id,
                [.. entries.Select((entry, place) => Entry(item, definition, entry as JsonObject ?? [], $"{path}.values.{place}"))]);
        }

        return [.. values.Values];
    }

    private static CustomField? Definition(ItemReader item, EntityKind kind, JsonObject field, string path)
    {
        bool byId = field.ContainsKey("field_id");
        if (!byId && !field.ContainsKey("field_code"))
        {
            item.Missing($"{path}.field_id");
            return null;
        }

        CustomField? definition = byId
            ? AccountCatalog.FindField(kind, item.Number(field["field_id"], $"{path}.field_id") ?? 0)
            : AccountCatalog.FindField(kind, field["field_code"]?.ToString() ?? "");
        if (definition is null)
        {
            item.NotAChoice($"{path}.{(byId ? "field_id" : "field_code")}");
        }

        return definition;
    }

    private static SimulatedFieldItem Entry(ItemReader item, CustomField field, JsonObject entry, string path)
    {
        FieldOption? option = Option(field, entry);
        if (entry.ContainsKey("enum_id") && option is null)
        {
            item.NotAChoice($"{path}.enum_id");
        }
        else if (entry.ContainsKey("enum_code") && option is null)
        {
            item.NotAChoice($"{path}.enum_code");
        }
        else if (field.Type is "select" or "multiselect" && option is null)
        {
            item.NotAChoice($"{path}.value");
        }
        else if (option is null && entry["value"] is null)
        {
            item.Missing($"{path}.value");
        }

        JsonNode? value = field.Type is "select" or "multiselect" ? JsonValue.Create(option?.Value) : entry["value"];
        using var document = JsonDocument.Parse(value?.ToJsonString() ?? "null");
        return new SimulatedFieldItem(document.RootElement.Clone(), option?.Id, option?.Code);
    }

    private static FieldOption? Option(CustomField field, JsonObject entry)
    {
        if (field.Options is not { } options)
        {
            return null;
        }

        if (entry["enum_id"] is { } id)
        {
            return options.FirstOrDefault(option => option.Id.ToString(CultureInfo.InvariantCulture) == id.ToString());
        }

        if (entry["enum_code"] is { } code)
        {
            return options.FirstOrDefault(option => option.Code == code.ToString());
        }

        return field.Type == "multitext"
            ? options.First(option => option.Code == "WORK")
            : options.FirstOrDefault(option => option.Value == entry["value"]?.ToString());
    }
}
