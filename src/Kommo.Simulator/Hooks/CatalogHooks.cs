using System.Text.Json.Nodes;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;
using Kommo.Simulator.Fields;

namespace Kommo.Simulator.Hooks;

/// <summary>Bodies of the hooks on list elements: <c>catalogs[add][0][...]</c> (Kommo: Webhooks).</summary>
internal static class CatalogHooks
{
    public static void Write(FormBody body, string action, JsonObject row, AccountStore store)
    {
        FormNode item = body.At("catalogs").At(action).At(0)
            .Add("id", row.Id())
            .Add("catalog_id", row.Long("catalog_id"))
            .Add("name", row.Text("name"))
            .Add("deleted", action == "delete" ? 1 : 0)
            .Add("date_create", row.Long("created_at"))
            .Add("date_modify", row.Long("updated_at"))
            .Add("created_by", row.Long("created_by"))
            .Add("modified_by", row.Long("updated_by"));
        HookFields.Write(item, FieldValues.Parse(row["custom_fields_values"]), $"catalogs/{row.Text("catalog_id")}", store);
        item.Add("type", "catalog");
    }
}
