using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Api;

namespace Kommo.Simulator.Fields;

/// <summary>One value of a custom field in the shape that its type asks for (Kommo: Custom fields, values by type).</summary>
internal static class FieldValueReader
{
    private static readonly FieldOption[] AddressLines =
    [
        .. ((string[])["address_line_1", "address_line_2", "city", "state", "zip", "country"])
            .Select((code, index) => new FieldOption(index + 1, code, code)),
    ];

    public static SimulatedFieldItem Read(ItemReader item, FieldDefinition field, JsonObject entry, string path)
    {
        switch (field.Type)
        {
            case "select" or "multiselect" or "radiobutton" or "category":
                FieldOption? chosen = Option(item, field.Options, entry, path, byValue: true);
                return new SimulatedFieldItem(FieldValues.Element(chosen?.Value), chosen?.Id, chosen?.Code);
            case "multitext" or "smart_address":
                FieldOption? line = Option(item, field.Type == "multitext" ? field.Options : AddressLines, entry, path, byValue: false);
                return new SimulatedFieldItem(Text(item, entry, path), line?.Id, line?.Code);
            case "chained_list":
                Need(item, entry, path, "catalog_id", JsonValueKind.Number);
                Need(item, entry, path, "catalog_element_id", JsonValueKind.Number);
                return new SimulatedFieldItem(FieldValues.Element(new JsonObject
                {
                    ["catalog_id"] = entry["catalog_id"]?.DeepClone(),
                    ["catalog_element_id"] = entry["catalog_element_id"]?.DeepClone(),
                }));
            default:
                return new SimulatedFieldItem(Value(item, field.Type, entry, path));
        }
    }

    private static JsonElement Value(ItemReader item, string type, JsonObject entry, string path)
    {
        if (entry["value"] is not { } value)
        {
            item.Missing($"{path}.value");
            return FieldValues.Element(null);
        }

        JsonValueKind kind = value.GetValueKind();
        switch (type)
        {
            case "checkbox":
                Expect(item, kind is JsonValueKind.True or JsonValueKind.False, path, "bool");
                break;
            case "numeric" or "price" or "monetary":
                Expect(
                    item,
                    kind == JsonValueKind.Number || (kind == JsonValueKind.String && decimal.TryParse(value.GetValue<string>(), CultureInfo.InvariantCulture, out _)),
                    path,
                    "numeric");
                return FieldValues.Element(value.ToString());
            case "date" or "date_time" or "birthday":
                return Instant(item, value, path);
            case "legal_entity":
                Shape(item, value, path, "name");
                break;
            case "file":
                Shape(item, value, path, "file_uuid");
                break;
            case "linked_entity":
                Shape(item, value, path, "entity_id", "entity_type");
                break;
            case "items" or "payer" or "supplier":
                Shape(item, value, path);
                break;
            default:
                Expect(item, kind == JsonValueKind.String, path, "string");
                break;
        }

        return FieldValues.Element(value);
    }

    private static JsonElement Text(ItemReader item, JsonObject entry, string path) => Value(item, "text", entry, path);

    /// <summary>Dates may be written as unix seconds or RFC 3339, and are read as unix seconds.</summary>
    private static JsonElement Instant(ItemReader item, JsonNode value, string path)
    {
        if (value.GetValueKind() == JsonValueKind.String
            && DateTimeOffset.TryParse(value.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant))
        {
            return FieldValues.Element(instant.ToUnixTimeSeconds());
        }

        Expect(item, value is JsonValue number && number.GetValueKind() == JsonValueKind.Number && number.TryGetValue(out long _), path, "int");
        return FieldValues.Element(value);
    }

    private static void Shape(ItemReader item, JsonNode value, string path, params ReadOnlySpan<string> required)
    {
        if (value is not JsonObject parts)
        {
            Expect(item, false, path, "array");
            return;
        }

        foreach (string name in required)
        {
            if (parts[name] is null)
            {
                item.Missing($"{path}.value.{name}");
            }
        }
    }

    private static void Expect(ItemReader item, bool fits, string path, string type)
    {
        if (!fits)
        {
            item.Fail("InvalidType", $"{path}.value", $"This value should be of type {type}.");
        }
    }

    private static void Need(ItemReader item, JsonObject entry, string path, string name, JsonValueKind kind)
    {
        if (entry[name]?.GetValueKind() != kind)
        {
            item.Missing($"{path}.{name}");
        }
    }

    private static FieldOption? Option(ItemReader item, IReadOnlyList<FieldOption> options, JsonObject entry, string path, bool byValue)
    {
        (string Name, FieldOption? Found)? named = entry["enum_id"] is { } id
            ? ("enum_id", options.FirstOrDefault(option => option.Id.ToString(CultureInfo.InvariantCulture) == id.ToString()))
            : entry["enum_code"] is { } code
                ? ("enum_code", options.FirstOrDefault(option => option.Code == code.ToString()))
                : byValue ? ("value", options.FirstOrDefault(option => option.Value == entry["value"]?.ToString())) : null;
        if (named is { Found: null, Name: var name })
        {
            item.NotAChoice($"{path}.{name}");
        }

        // A phone or an e-mail without a kind is one for work.
        return named is null ? options.FirstOrDefault(option => option.Code == "WORK") : named.Value.Found;
    }
}
