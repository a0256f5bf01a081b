using System.Text.Json.Nodes;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;
using Kommo.Simulator.Events;
using Kommo.Simulator.Fields;
using Kommo.Simulator.Hooks;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Api.Catalogs;

/// <summary>Lists (at most 10, never deleted) and their elements (Kommo: Lists).</summary>
internal sealed class CatalogEndpoints(ApiContext context)
{
    private readonly AccountStore _store = context.Store;

    public void Map(RouteGroupBuilder api)
    {
        context.Map(api, Catalogs(), Verbs.Read | Verbs.Create | Verbs.UpdateMany | Verbs.UpdateOne);
        context.Map(api, Elements(), Verbs.Read | Verbs.Create | Verbs.UpdateMany | Verbs.UpdateOne);
    }

    /// <summary>The list of products, which appears when the account starts to use them.</summary>
    public static long NewProducts(AccountStore store, long userId)
    {
        DocumentTable catalogs = CatalogTables.Catalogs(store);
        long id = catalogs.NextId();
        catalogs.Put(new JsonObject
        {
            ["id"] = id,
            ["name"] = "Products",
            ["sort"] = 10,
            ["type"] = "products",
            ["can_add_elements"] = true,
            ["can_show_in_cards"] = true,
            ["can_link_multiple"] = true,
            ["can_be_deleted"] = false,
            ["sdk_widget_code"] = null,
            ["created_by"] = userId,
            ["updated_by"] = userId,
            ["created_at"] = store.Now,
            ["updated_at"] = store.Now,
            ["account_id"] = store.Options.AccountId,
        });
        return id;
    }

    private Resource Catalogs() => new()
    {
        Name = "catalogs",
        Path = "/catalogs",
        Table = _ => CatalogTables.Catalogs(_store),
        Fields =
        [
            Field.Named(), Field.Number("sort", 10), Field.Choice("type", "regular", "regular", "invoices", "products", "suppliers") with { OnlyNew = true },
            Field.Flag("can_add_elements", true), Field.Flag("can_show_in_cards"), Field.Flag("can_link_multiple", true),
            Field.Fixed("can_be_deleted", true), Field.Text("sdk_widget_code"),
        ],
        HasUsers = true,
        AnswersWhole = true,
        WritesNeedAdmin = true,
        MostRows = (10, "catalogs per account"),
        Filters = ["type"],
        Orders = ["id", "sort"],
    };

    private Resource Elements() => new()
    {
        Name = "elements",
        Path = "/catalogs/{catalog:long}/elements",
        Table = _ => CatalogTables.Elements(_store),
        Parent = ("catalog_id", "catalog"),
        Fields = [Field.Named(), Field.Fixed("is_deleted", false), Field.Fixed("custom_fields_values", null)],
        HasUsers = true,
        AnswersWhole = true,
        NumbersRequests = true,
        Filters = ["id"],
        Ranges = ["updated_at", "created_at"],
        Searched = ["name"],
        Orders = ["id", "updated_at"],
        Refuse = request => CatalogTables.Catalogs(_store).Find(request.Route("catalog")) is null ? Reply.NotFound : null,
        Check = ReadFields,
        Written = Tell,
        Show = Show,
    };

    private static string Owner(JsonObject row) => $"catalogs/{row.Text("catalog_id")}";

    private void ReadFields(Draft draft) => draft.Row["custom_fields_values"] = FieldValues.Json(
        FieldValues.Read(draft.Item, _store.Fields, Owner(draft.Row), FieldValues.Parse(draft.Row["custom_fields_values"])),
        _store.Fields,
        Owner(draft.Row));

    private void Show(JsonObject row, ApiRequest request)
    {
        if (request.Query.With("invoice_link"))
        {
            row["invoice_link"] = null;
        }

        if (request.Query.With("supplier_field_values"))
        {
            row["supplier_field_values"] = null;
        }
    }

    private void Tell(Draft draft)
    {
        JsonObject row = draft.Row;
        string type = $"catalog_{row.Text("catalog_id")}";
        if (draft.IsNew)
        {
            _store.Events.Add($"{type}_added", type, row.Id(), draft.Request.Actor);
        }
        else if (row.Text("name") != draft.Before!.Text("name"))
        {
            _store.Events.Add(
                "name_field_changed", type, row.Id(), draft.Request.Actor,
                EntityEvents.Value("name_field_value", "name", draft.Before!.Text("name")),
                EntityEvents.Value("name_field_value", "name", row.Text("name")));
        }

        string action = draft.IsNew ? "add" : "update";
        context.Sink.Publish(new Change([$"{action}_catalog"], body => CatalogHooks.Write(body, action, row, _store)));
    }
}
