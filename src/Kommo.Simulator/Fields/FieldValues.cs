using System.Text.Json;
using System.Text.Json.Nodes;
using Kommo.Simulator.Api;
using Kommo.Simulator.Documents;

namespace Kommo.Simulator.Fields;

/// <summary>
/// <c>custom_fields_values</c> of an entity, a list element or a segment: fields by id or code, null values clear a field
/// (Kommo: Custom fields).
/// </summary>
internal static class FieldValues
{
    private const int MostChained = 5;

    public static IReadOnlyList<SimulatedFieldValue> Read(
        ItemReader item, FieldCatalog catalog, string owner, IReadOnlyList<SimulatedFieldValue> before)
    {
        if (item.Array("custom_fields_values") is not { } fields)
        {
            return item.Has("custom_fields_values") ? [] : before;
        }

        Dictionary<long, SimulatedFieldValue> values = before.ToDictionary(value => value.FieldId);
        for (int index = 0; index < fields.Count; index++)
        {
            string path = $"custom_fields_values.{index}";
            JsonObject field = fields[index] as JsonObject ?? [];
            if (Definition(item, catalog, owner, field, path) is not { } definition)
            {
                continue;
            }

            if (field["values"] is not JsonArray { Count: > 0 } entries)
            {
                values.Remove(definition.Id);
                continue;
            }

            if (definition.Type == "chained_list" && entries.Count > MostChained)
            {
                item.TooMany($"{path}.values", MostChained);
            }

            values[definition.Id] = new SimulatedFieldValue(
                definition.Id,
                [.. entries.Select((entry, place) => FieldValueReader.Read(item, definition, entry as JsonObject ?? [], $"{path}.values.{place}"))]);
        }

        return [.. values.Values];
    }

    /// <summary>As the API shows them, without those of deleted fields: null when there are none.</summary>
    public static JsonArray? Json(IReadOnlyList<SimulatedFieldValue> values, FieldCatalog catalog, string owner) => values.Count == 0
        ? null
        : values.Where(value => catalog.Find(owner, value.FieldId) is not null).Select(value =>
        {
            FieldDefinition definition = catalog.Find(owner, value.FieldId)!;
            return new JsonObject
            {
                ["field_id"] = value.FieldId,
                ["field_name"] = definition.Name,
                ["field_code"] = definition.Code,
                ["field_type"] = definition.Type,
                ["values"] = value.Values.Select(item => Json(item, definition)).ToJsonArray(),
            };
        }).ToJsonArray();

    /// <summary>Reads back what <see cref="Json(IReadOnlyList{SimulatedFieldValue}, FieldCatalog, string)"/> wrote, of a kept row.</summary>
    public static IReadOnlyList<SimulatedFieldValue> Parse(JsonNode? shown) => shown is not JsonArray fields
        ? []
        : [.. fields.Objects().Select(field => new SimulatedFieldValue(field.Long("field_id"), [.. field.List("values").Objects().Select(Parse)]))];

    public static JsonElement Element(JsonNode? node)
    {
        using var document = JsonDocument.Parse(node?.ToJsonString() ?? "null");
        return document.RootElement.Clone();
    }

    private static SimulatedFieldItem Parse(JsonObject value) => value.ContainsKey("catalog_element_id")
        ? new SimulatedFieldItem(Element(value))
        : new SimulatedFieldItem(Element(value["value"]), value.LongOrNone("enum_id"), value["enum_code"]?.ToString());

    private static JsonObject Json(SimulatedFieldItem item, FieldDefinition definition)
    {
        JsonNode? node = JsonNode.Parse(item.Value.GetRawText());
        if (definition.Type == "chained_list")
        {
            return (JsonObject)node!;
        }

        JsonObject value = new() { ["value"] = node };
        if (item.EnumId is { } id)
        {
            value["enum_id"] = id;
            value["enum_code"] = item.EnumCode;
        }

        return value;
    }

    private static FieldDefinition? Definition(ItemReader item, FieldCatalog catalog, string owner, JsonObject field, string path)
    {
        bool byId = field.ContainsKey("field_id");
        if (!byId && !field.ContainsKey("field_code"))
        {
            item.Missing($"{path}.field_id");
            return null;
        }

        FieldDefinition? definition = byId
            ? catalog.Find(owner, item.Number(field["field_id"], $"{path}.field_id") ?? 0)
            : catalog.Find(owner, field.Text("field_code"));
        if (definition is null)
        {
            item.NotAChoice($"{path}.{(byId ? "field_id" : "field_code")}");
        }

        return definition;
    }
}
