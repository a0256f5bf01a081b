using Kommo.Simulator.Documents;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Api.Fields;

/// <summary>Groups of custom fields, which are the tabs of a card; their ids are texts (Kommo: Custom fields, groups).</summary>
internal sealed class FieldGroupEndpoints(string owner, ApiContext context)
{
    private DocumentTable Table => context.Store.Documents.Table($"field_groups/{owner}", 18_491_618_000);

    public void Map(RouteGroupBuilder api) => context.Map(api, new Resource
    {
        Name = "custom_field_groups",
        Path = $"/{owner}/custom_fields/groups",
        Key = "{group}",
        Table = _ => Table,
        NewKey = _ => $"{owner}_{Table.NextId().ToText()}",
        Fields =
        [
            Field.Named(), Field.Fixed("is_predefined", false), Field.Fixed("type", "custom_field_group"), Field.Fixed("entity_type", owner),
            Field.Number("sort", 5), Field.Array("fields"),
        ],
        HasTimes = false,
        HasAccount = false,
        HasTotals = true,
        AnswersWhole = true,
        CreateStatus = 201,
        WritesNeedAdmin = true,
    }, Verbs.Read | Verbs.Create | Verbs.UpdateOne | Verbs.Delete);
}
