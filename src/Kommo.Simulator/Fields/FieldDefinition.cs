using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Documents;

namespace Kommo.Simulator.Fields;

/// <summary>A custom field of the account, as the readers of its values need it.</summary>
internal sealed record FieldDefinition(long Id, string Name, string? Code, string Type, IReadOnlyList<FieldOption> Options, JsonObject Row)
{
    private static readonly string[] Types =
    [
        "", "text", "numeric", "checkbox", "select", "multiselect", "date", "url", "multitext", "textarea", "radiobutton",
        "streetaddress", "", "smart_address", "birthday", "legal_entity", "items", "", "", "date_time", "price", "category", "",
        "tracking_data", "linked_entity", "chained_list", "monetary", "file", "payer", "supplier",
    ];

    /// <summary>The type's number, which events carry.</summary>
    public int TypeNumber => Math.Max(1, Array.IndexOf(Types, Type));

    public static FieldDefinition Of(JsonObject row) => new(
        row.Id(),
        row.Text("name"),
        row["code"]?.ToString(),
        row.Text("type"),
        [
            .. row.List("enums").Concat(row.List("nested")).OfType<JsonObject>()
                .Select(option => new FieldOption(option.Id(), option.Text("value"), option["code"]?.ToString())),
        ],
        row);
}
