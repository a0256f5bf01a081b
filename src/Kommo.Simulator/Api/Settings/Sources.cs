using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Api.Settings;

/// <summary>Sources of the integration: at most 100, at most 50 in one write, told apart by their external id (Kommo: Sources).</summary>
internal static class Sources
{
    public static DocumentTable Table(AccountStore store) => store.Documents.Table("sources", 4_600_000);

    public static void Map(RouteGroupBuilder api, ApiContext context) => context.Map(api, new Resource
    {
        Name = "sources",
        Path = "/sources",
        Table = _ => Table(context.Store),
        Fields =
        [
            Field.Named(), Field.Number("pipeline_id"), Field.Text("external_id").Needed(), Field.Flag("default"), Field.Text("origin_code"),
            Field.Array("services"),
        ],
        HasTimes = false,
        HasAccount = false,
        HasTotals = true,
        AnswersWhole = true,
        WritesNeedAdmin = true,
        MostItems = 50,
        MostRows = (100, "sources per integration"),
        UnknownStatus = 404,
        Filters = ["external_id"],
        Check = draft => Check(draft, context.Store),
        Written = draft => OnlyOneDefault(draft, Table(context.Store)),
    }, Verbs.All | Verbs.DeleteMany);

    private static void Check(Draft draft, AccountStore store)
    {
        if (draft.Row.LongOrNone("pipeline_id") is not { } pipeline)
        {
            draft.Row["pipeline_id"] = store.Pipelines.All.First(known => known.IsMain).Id;
        }
        else if (store.Pipelines.Find(pipeline) is null)
        {
            draft.Item.NotAChoice("pipeline_id");
        }

        string external = draft.Row.Text("external_id");
        if (Table(store).All.Any(row => row.Text("external_id") == external && row.Id() != draft.Before?.Id()))
        {
            draft.Item.Fail("NotUnique", "external_id", "This value is already used.");
        }
    }

    private static void OnlyOneDefault(Draft draft, DocumentTable table)
    {
        if (draft.Row.Flag("default"))
        {
            foreach (var row in table.All.Where(row => row.Flag("default") && row.Id() != draft.Row.Id()).ToList())
            {
                table.Put(row.With("default", false));
            }
        }
    }
}
