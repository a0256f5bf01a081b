using System.Text.Json.Nodes;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Api.Settings;

/// <summary>Widgets: listed, installed with their settings, and uninstalled (Kommo: Widgets).</summary>
internal sealed class WidgetEndpoints(ApiContext context)
{
    private readonly AccountStore _store = context.Store;

    private DocumentTable Table => _store.Documents.Table(
        "widgets", 6_600_100, "code", Widget(6_600_001, "simulator_widget"), Widget(6_600_002, "simulator_telephony"));

    public void Map(RouteGroupBuilder api)
    {
        context.Map(api, new Resource
        {
            Name = "widgets",
            Path = "/widgets",
            Key = "{code}",
            Table = _ => Table,
            Fields = [],
            UnknownStatus = 404,
            HasTotals = true,
        }, Verbs.Read);
        api.Serve("POST", "/widgets/{code}", request => Found(request, widget => Install(request, widget)));
        api.Serve("DELETE", "/widgets/{code}", request => Found(request, widget =>
        {
            JsonObject removed = widget.With("is_active_in_account", false);
            removed["settings"] = null;
            Table.Put(removed);
            context.Sink.Touch();
            return Reply.NoContent;
        }));
    }

    private Reply Install(ApiRequest request, JsonObject widget)
    {
        ItemReader item = new(request.Body ?? new JsonObject(), 0);
        foreach (JsonObject setting in widget.List("settings_template").Objects().Where(one => one.Flag("is_required")))
        {
            if (item[setting.Text("key")] is null)
            {
                item.Missing(setting.Text("key"));
            }
        }

        if (item.Errors.Count > 0)
        {
            return Reply.Invalid([item]);
        }

        JsonObject installed = widget.With("is_active_in_account", true);
        installed["settings"] = (request.Body as JsonObject ?? []).Copy();
        Table.Put(installed);
        context.Sink.Touch();
        JsonObject shown = installed.Copy();
        shown["_links"] = request.SelfLink($"/api/v4/widgets/{widget.Text("code")}");
        return Reply.Hal(shown);
    }

    private Reply Found(ApiRequest request, Func<JsonObject, Reply> serve)
    {
        lock (_store.Gate)
        {
            return !_store.IsAdmin(request.Actor.UserId) ? Reply.Forbidden
                : Table.Find(request.RouteText("code")) is { } widget ? serve(widget) : Reply.NotFound;
        }
    }

    private JsonObject Widget(long id, string code) => new()
    {
        ["id"] = id,
        ["code"] = code,
        ["version"] = "1.0.0",
        ["rating"] = "4.5",
        ["settings_template"] = new JsonArray(
            new JsonObject { ["key"] = "login", ["name"] = "Login", ["type"] = "text", ["is_required"] = true },
            new JsonObject { ["key"] = "note", ["name"] = "Note", ["type"] = "text", ["is_required"] = false }),
        ["is_lead_source"] = false,
        ["is_work_with_dp"] = true,
        ["is_crm_template"] = false,
        ["client_uuid"] = _store.Options.ClientId,
        ["is_active_in_account"] = false,
        ["pipeline_id"] = null,
        ["settings"] = null,
    };
}
