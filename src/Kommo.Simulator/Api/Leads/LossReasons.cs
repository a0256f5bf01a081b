using System.Text.Json.Nodes;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Api.Leads;

/// <summary>Why leads are lost (Kommo: Leads; the route to write is known from clients only).</summary>
internal static class LossReasons
{
    public static DocumentTable Table(AccountStore store) => store.Documents.Table(
        "loss_reasons", 4_200_100, "id", Reason(store, 4_200_001, "Too expensive", 10), Reason(store, 4_200_002, "No answer", 20));

    public static void Map(RouteGroupBuilder api, ApiContext context) => context.Map(api, new Resource
    {
        Name = "loss_reasons",
        Path = "/leads/loss_reasons",
        Table = _ => Table(context.Store),
        Fields = [Field.Named(), Field.Number("sort", 100)],
        AnswersWhole = true,
        HasAccount = false,
        HasTotals = true,
        WritesNeedAdmin = true,
    }, Verbs.Read | Verbs.Create);

    private static JsonObject Reason(AccountStore store, long id, string name, long sort) => new()
    {
        ["id"] = id,
        ["name"] = name,
        ["sort"] = sort,
        ["created_at"] = store.Now,
        ["updated_at"] = store.Now,
    };
}
