using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Documents;

namespace Kommo.Simulator.Hooks;

/// <summary>Bodies of the hooks on incoming leads; accepted and declined ones both arrive as deleted (Kommo: Webhooks).</summary>
internal static class UnsortedHooks
{
    public static void Write(FormBody body, string action, JsonObject row, string? outcome, Actor actor)
    {
        FormNode item = body.At("unsorted").At(action).At(0);
        JsonObject entities = row.Object("_embedded");
        if (outcome is not null)
        {
            item.Add("action", outcome)
                .Add("uid", row.Text("uid"))
                .Add("category", row.Text("category"))
                .Add("created_at", row.Long("created_at"))
                .Add("modified_user_id", actor.HookUserId);
            FormNode result = item.At($"{outcome}_result");
            Ids(result.At("leads"), entities.List("leads"));
            if (outcome == "accept")
            {
                Ids(result.At("contacts"), entities.List("contacts"));
            }

            return;
        }

        item.Add("uid", row.Text("uid"))
            .Add("category", row.Text("category"))
            .Add("account_id", row.Long("account_id"))
            .Add("user_id", actor.HookUserId)
            .Add("source", row.Text("source_name"))
            .Add("pipeline_id", row.Long("pipeline_id"));
        foreach ((string name, JsonNode? value) in row.Object("metadata"))
        {
            item.At("source_data").Add(name, value?.ToString());
        }

        foreach (string kind in (ReadOnlySpan<string>)["leads", "contacts", "companies"])
        {
            JsonArray ids = entities.List(kind);
            for (int index = 0; index < ids.Count; index++)
            {
                item.At("data").At(kind).At(index).Add("id", ((JsonObject)ids[index]!).Id());
            }
        }

        item.Add("lead_id", entities.List("leads").Objects().Select(lead => (long?)lead.Id()).FirstOrDefault())
            .Add("created_at", row.Long("created_at"));
    }

    private static void Ids(FormNode node, JsonArray ids)
    {
        for (int index = 0; index < ids.Count; index++)
        {
            node.Add(index.ToString(System.Globalization.CultureInfo.InvariantCulture), ((JsonObject)ids[index]!).Id());
        }
    }
}
