using System.Text.Json.Nodes;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Api.Fields;

/// <summary>
/// Custom fields of entities, segments and lists: made with 201, changed and deleted by admins (Kommo: Custom fields).
/// </summary>
internal sealed class CustomFieldEndpoints(ApiContext context)
{
    private static readonly string[] Types =
    [
        "text", "numeric", "checkbox", "select", "multiselect", "date", "url", "textarea", "radiobutton", "streetaddress",
        "smart_address", "birthday", "legal_entity", "date_time", "price", "category", "items", "tracking_data", "linked_entity",
        "chained_list", "monetary", "file", "payer", "supplier", "multitext",
    ];

    /// <summary>Types that only the fields of a list may have: they make an invoice or a product.</summary>
    private static readonly string[] OfLists = ["items", "payer", "supplier", "price", "category"];

    private static readonly string[] WithOptions = ["select", "multiselect", "radiobutton", "multitext"];

    private readonly AccountStore _store = context.Store;

    private DocumentTable Options => _store.Documents.Table("field_options", 9_500_000);

    public void Map(RouteGroupBuilder api)
    {
        foreach (EntityKind kind in EntityKindNames.All)
        {
            string owner = kind.Plural();
            Map(api, $"/{owner}", _ => owner, null);
            new FieldGroupEndpoints(owner, context).Map(api);
        }

        Map(api, "/customers/segments", _ => "customers/segments", null);
        Map(
            api,
            "/catalogs/{catalog:long}",
            request => $"catalogs/{request.RouteText("catalog")}",
            request => Catalogs.CatalogTables.Catalogs(_store).Find(request.Route("catalog")) is null ? Reply.NotFound : null);
    }

    private void Map(RouteGroupBuilder api, string path, Func<ApiRequest, string> owner, Func<ApiRequest, Reply?>? refuse) =>
        context.Map(api, new Resource
        {
            Name = "custom_fields",
            Path = $"{path}/custom_fields",
            Table = request => _store.Fields.Of(owner(request)),
            Fields =
            [
                Field.Named(), Field.Choice("type", null, Types).Needed() with { OnlyNew = true }, Field.Text("code"), Field.Number("sort", 500),
                Field.Flag("is_api_only"), Field.Any("enums"), Field.Any("nested"), Field.Any("group_id"), Field.Array("required_statuses"),
                Field.Array("hidden_statuses"), Field.Any("chained_lists"), Field.Text("tracking_callback"), Field.Text("remind"),
                Field.Text("currency"), Field.Any("search_in"), Field.Any("settings"), Field.Array("triggers"), Field.Flag("is_visible", true),
                Field.Flag("is_required"), Field.Fixed("is_deletable", true), Field.Fixed("is_predefined", false),
            ],
            HasTimes = false,
            HasTotals = true,
            AnswersWhole = true,
            CreateStatus = 201,
            WritesNeedAdmin = true,
            Filters = ["type"],
            Orders = ["sort", "id"],
            Refuse = refuse,
            Check = draft => Check(draft, owner(draft.Request)),
            RefuseDelete = (row, _) => row.Flag("is_predefined") ? Reply.Problem(400, "Bad Request", "This field can not be deleted") : null,
        }, Verbs.All);

    private void Check(Draft draft, string owner)
    {
        JsonObject row = draft.Row;
        row["entity_type"] = owner.StartsWith("catalogs/", StringComparison.Ordinal) ? "catalogs" : owner;
        if (OfLists.Contains(row.Text("type")) && row.Text("entity_type") != "catalogs")
        {
            draft.Item.NotAChoice("type");
        }

        string code = row.Text("code");
        if (code.Length > 0 && _store.Fields.Of(owner).All.Any(other => other.Text("code") == code && other.Id() != draft.Before?.Id()))
        {
            draft.Item.Fail("NotUnique", "code", "This value is already used.");
        }

        if (WithOptions.Contains(row.Text("type")))
        {
            Number(draft, "enums");
        }
        else if (row.Text("type") == "category")
        {
            Number(draft, "nested");
        }
    }

    /// <summary>Options with an id stay the same option; those without get one when the field is kept.</summary>
    private void Number(Draft draft, string name)
    {
        if (draft.IsNew && draft.Item[name] is not JsonArray { Count: > 0 })
        {
            draft.Item.Missing(name);
            return;
        }

        JsonArray options = draft.Row.List(name);
        for (int index = 0; index < options.Count; index++)
        {
            if (options[index] is not JsonObject option || option.Text("value").Length == 0)
            {
                draft.Item.Missing($"{name}.{index}.value");
                continue;
            }

            option["id"] ??= Options.NextId();
            option["code"] ??= null;
            option["sort"] ??= index;
        }
    }
}
