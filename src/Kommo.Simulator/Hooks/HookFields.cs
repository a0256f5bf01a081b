using System.Globalization;
using System.Text.Json;
using Kommo.Simulator.Entities;
using Kommo.Simulator.Fields;

namespace Kommo.Simulator.Hooks;

/// <summary>Custom fields as hooks carry them: <c>custom_fields[i][values][j][value]</c> with the shapes that differ by type.</summary>
internal static class HookFields
{
    public static void Write(FormNode item, SimulatedEntity entity, AccountStore store) =>
        Write(item, entity.Fields, entity.Kind.Plural(), store);

    public static void Write(FormNode item, IReadOnlyList<SimulatedFieldValue> values, string owner, AccountStore store)
    {
        FormNode fields = item.At("custom_fields");
        for (int index = 0; index < values.Count; index++)
        {
            SimulatedFieldValue value = values[index];
            FieldDefinition? definition = store.Fields.Find(owner, value.FieldId);
            FormNode field = fields.At(index).Add("id", value.FieldId).Add("name", definition?.Name);
            WriteValues(field.At("values"), definition, value);
            field.Add("code", definition?.Code);
        }
    }

    private static void WriteValues(FormNode values, FieldDefinition? definition, SimulatedFieldValue field)
    {
        for (int index = 0; index < field.Values.Count; index++)
        {
            SimulatedFieldItem entry = field.Values[index];
            if (definition?.Type is "date" or "date_time")
            {
                // Dates are bare scalars, without the [value] level.
                values.Add(index.ToString(CultureInfo.InvariantCulture), Text(entry.Value));
            }
            else
            {
                values.At(index).Add("value", Text(entry.Value)).Add("enum", entry.EnumId);
            }
        }
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "1",
        JsonValueKind.False => "0",
        _ => value.ToString(),
    };
}
