using System.Text.Json.Nodes;

namespace Kommo.Simulator.Accounts;

/// <summary>What an account has from the start, as rows of documents.</summary>
internal static class AccountSeeds
{
    public static JsonObject User(AccountUser user) => new()
    {
        ["id"] = user.Id,
        ["name"] = user.Name,
        ["email"] = user.Email,
        ["lang"] = "en",
        ["rights"] = Rights(user.IsAdmin, null),
    };

    public static JsonObject Rights(bool isAdmin, JsonNode? given)
    {
        static JsonObject Entity(string all) => new()
        {
            ["view"] = all,
            ["edit"] = all,
            ["add"] = all,
            ["delete"] = all,
            ["export"] = all,
        };
        JsonObject rights = new()
        {
            ["leads"] = Entity("A"),
            ["contacts"] = Entity("A"),
            ["companies"] = Entity("A"),
            ["tasks"] = new JsonObject { ["edit"] = "A", ["delete"] = "A" },
            ["mail_access"] = false,
            ["catalog_access"] = true,
            ["files_access"] = true,
            ["status_rights"] = new JsonArray(),
            ["catalog_rights"] = null,
            ["custom_fields_rights"] = null,
            ["oper_day_reports_view_access"] = false,
            ["oper_day_user_tracking"] = false,
            ["is_admin"] = isAdmin,
            ["is_free"] = false,
            ["is_active"] = true,
            ["group_id"] = null,
            ["role_id"] = null,
        };
        foreach ((string name, JsonNode? value) in given as JsonObject ?? [])
        {
            rights[name] = value?.DeepClone();
        }

        return rights;
    }

    public static JsonObject Settings() => new()
    {
        ["id"] = 1,
        ["customers_mode"] = "segments",
        ["customers_enabled"] = true,
        ["products_enabled"] = false,
        ["products_catalog_id"] = null,
    };
}
