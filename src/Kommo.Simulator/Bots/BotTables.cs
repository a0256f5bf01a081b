using System.Text.Json.Nodes;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;

namespace Kommo.Simulator.Bots;

internal static class BotTables
{
    public static DocumentTable Bots(AccountStore store) => store.Documents.Table(
        "bots", 6_300_100, "id", Bot(6_300_001, "Welcome", store), Bot(6_300_002, "Answers by AI", store));

    /// <summary>Which bot runs on which entity: one at a time.</summary>
    public static DocumentTable Runs(AccountStore store) => store.Documents.Table("bot_runs", 6_400_000);

    /// <summary>The steps of widgets that wait, or waited, for their continuation.</summary>
    public static DocumentTable Steps(AccountStore store) => store.Documents.Table("bot_steps", 6_500_000);

    public static JsonObject? Running(AccountStore store, string entityType, long entityId) => Runs(store).All.FirstOrDefault(run =>
        run.Flag("is_running") && run.Text("entity_type") == entityType && run.Long("entity_id") == entityId);

    private static JsonObject Bot(long id, string name, AccountStore store) => new()
    {
        ["id"] = id,
        ["name"] = name,
        ["is_active"] = true,
        ["type"] = "salesbot",
        ["created_at"] = store.Now,
        ["updated_at"] = store.Now,
        ["account_id"] = store.Options.AccountId,
    };
}
