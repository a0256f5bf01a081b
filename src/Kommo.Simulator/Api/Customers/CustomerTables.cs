using System.Text.Json.Nodes;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;

namespace Kommo.Simulator.Api.Customers;

/// <summary>What belongs to customers, and whether the function is on: 422 where it is not (Kommo: Customers).</summary>
internal static class CustomerTables
{
    public const string Segmented = "segments";
    public const string Periodic = "periodicity";

    public static DocumentTable Statuses(AccountStore store) => store.Documents.Table(
        "customer_statuses", 4_300_100, "id", Status(store, 4_300_001, "New", true, 10, 0), Status(store, 4_300_002, "Regular", false, 20, 0));

    public static DocumentTable Segments(AccountStore store) => store.Documents.Table("customer_segments", 4_400_000);

    public static DocumentTable Transactions(AccountStore store) => store.Documents.Table("transactions", 4_500_000);

    public static Reply? Refused(AccountStore store, string? mode = null)
    {
        bool on = store.Setting("customers_enabled")!.GetValue<bool>();
        string current = store.Setting("customers_mode")!.GetValue<string>();
        return on && (mode is null || mode == current) ? null : Reply.Unprocessable("Customers mode is not enabled");
    }

    private static JsonObject Status(AccountStore store, long id, string name, bool isDefault, long sort, int type) => new()
    {
        ["id"] = id,
        ["name"] = name,
        ["sort"] = sort,
        ["is_default"] = isDefault,
        ["conditions"] = new JsonArray(),
        ["color"] = "#c1e0ff",
        ["type"] = type,
        ["account_id"] = store.Options.AccountId,
    };
}
