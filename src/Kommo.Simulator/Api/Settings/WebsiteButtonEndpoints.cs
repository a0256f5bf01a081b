using System.Text.Json.Nodes;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Api.Settings;

/// <summary>Buttons for websites, made and given an online chat later than asked: 202 (Kommo: Website buttons).</summary>
internal sealed class WebsiteButtonEndpoints(ApiContext context)
{
    private readonly AccountStore _store = context.Store;

    private DocumentTable Table => _store.Documents.Table("website_buttons", 6_700_000, "source_id");

    public void Map(RouteGroupBuilder api)
    {
        context.Map(api, new Resource
        {
            Name = "website_buttons",
            Path = "/website_buttons",
            Key = "{source:long}",
            Table = _ => Table,
            Fields = [],
            ReadsNeedAdmin = true,
            UnknownStatus = 404,
            Show = Show,
        }, Verbs.Read);
        api.Serve("POST", "/website_buttons", Create);
        api.Serve("POST", "/website_buttons/{source:long}/online_chat", request => Found(request, _ => Reply.Accepted));
        api.Serve("PATCH", "/website_buttons/{source:long}", request => Found(request, button => Update(request, button)));
    }

    private void Show(JsonObject row, ApiRequest request)
    {
        row["_links"] = request.SelfLink($"/api/v4/website_buttons/{row.Text("source_id")}");
        if (request.Query.With("scripts"))
        {
            row["script"] = $"<script>window.simulatorButton={row.Text("button_id")}</script>";
        }
    }

    private Reply Create(ApiRequest request) => !_store.IsAdmin(request.Actor.UserId) ? Reply.Forbidden : context.Batch.One(request, item =>
    {
        long? pipeline = item.Number("pipeline_id");
        if (pipeline is null)
        {
            item.Missing("pipeline_id");
        }
        else if (_store.Pipelines.Find(pipeline.Value) is null)
        {
            item.NotAChoice("pipeline_id");
        }

        string name = item.Text("name") ?? "Website button";
        IReadOnlyList<JsonNode?> sites = item.Array("trusted_websites") ?? [];
        return () =>
        {
            long id = Table.NextId();
            Table.Put(new JsonObject
            {
                ["source_id"] = id,
                ["account_id"] = _store.Options.AccountId,
                ["button_id"] = id + 100_000,
                ["name"] = name,
                ["pipeline_id"] = pipeline,
                ["is_duplication_control_enabled"] = item.Flag("is_duplication_control_enabled") ?? false,
                ["is_used_in_app"] = item.Flag("is_used_in_app") ?? false,
                ["creation_status"] = "done",
                ["script"] = null,
                ["trusted_websites"] = sites.Select(site => site?.DeepClone()).ToJsonArray(),
                ["is_deleted"] = false,
            });
            context.Sink.Touch();
            return new JsonObject
            {
                ["source_id"] = id,
                ["trusted_websites"] = sites.Select(site => site?.DeepClone()).ToJsonArray(),
                ["name"] = name,
            };
        };
    }, 202);

    private Reply Update(ApiRequest request, JsonObject button) => context.Batch.One(request, item =>
    {
        JsonObject changed = button.Copy();
        changed["name"] = item.TextOr("name", button.Text("name"));
        JsonArray added = (item["trusted_websites"] as JsonObject)?.List("add") ?? [];
        foreach (JsonNode? site in added)
        {
            changed.List("trusted_websites").Add(site?.DeepClone());
        }

        return () =>
        {
            Table.Put(changed);
            context.Sink.Touch();
            JsonObject shown = changed.Copy();
            Show(shown, request);
            return shown;
        };
    });

    private Reply Found(ApiRequest request, Func<JsonObject, Reply> serve)
    {
        lock (_store.Gate)
        {
            return !_store.IsAdmin(request.Actor.UserId) ? Reply.Forbidden
                : Table.Find(request.Route("source")) is { } button ? serve(button) : Reply.NotFound;
        }
    }
}
