using System.Text.Json.Nodes;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Api.Settings;

/// <summary>Resources of one route or two: short links, settings of products, currencies, subscriptions of an entity.</summary>
internal sealed class SmallEndpoints(ApiContext context)
{
    private readonly AccountStore _store = context.Store;

    public void Map(RouteGroupBuilder api)
    {
        api.Serve("POST", "/short_links", ShortenLinks);
        foreach (string path in (string[])["/products/settings", "/catalogs/products/settings"])
        {
            api.Serve("GET", path, request => Locked(() => Reply.Hal(Products())));
            api.Serve("PATCH", path, SetProducts);
        }

        api.Serve("GET", "/currencies", request => PagedReply.Of(
            request, "currencies", (string[])["USD", "EUR", "BRL", "MXN"], code => new JsonObject { ["code"] = code }));
        foreach (EntityKind kind in (EntityKind[])[EntityKind.Lead, EntityKind.Customer])
        {
            api.Serve("GET", $"/{kind.Plural()}/{{id:long}}/subscriptions", request => Subscriptions(kind, request));
        }
    }

    private Reply ShortenLinks(ApiRequest request) => context.Batch.Many(request, "short_links", item =>
    {
        string url = item.Text("url", longest: 2048) ?? "";
        if (!Uri.TryCreate(url, UriKind.Absolute, out _))
        {
            item.Fail("InvalidUrl", "url", "This value is not a valid URL.");
        }

        JsonObject metadata = item["metadata"] as JsonObject ?? [];
        long entity = metadata.Long("entity_id");
        if (EntityKindNames.FromPlural(metadata.Text("entity_type")) is not { } kind)
        {
            item.NotAChoice("metadata.entity_type");
        }
        else if (!_store.Exists(kind, entity))
        {
            item.NotAChoice("metadata.entity_id");
        }

        return () =>
        {
            DocumentTable table = _store.Documents.Table("short_links", 6_800_000);
            long id = table.NextId();
            JsonObject row = new()
            {
                ["id"] = id,
                ["url"] = $"https://kommo.example/{id.ToText()}",
                ["account_id"] = _store.Options.AccountId,
                ["entity_id"] = entity,
                ["entity_type"] = metadata.Text("entity_type"),
                ["metadata"] = metadata.Copy(),
                ["request_id"] = item.RequestId,
            };
            table.Put(row);
            context.Sink.Touch();
            JsonObject shown = row.Copy();
            shown.Remove("id");
            return shown;
        };
    });

    private JsonObject Products() => new()
    {
        ["is_enabled"] = _store.Setting("products_enabled")!.GetValue<bool>(),
        ["catalog_id"] = _store.Setting("products_catalog_id")?.DeepClone(),
    };

    private Reply SetProducts(ApiRequest request) => !_store.IsAdmin(request.Actor.UserId) ? Reply.Forbidden : context.Batch.One(request, item =>
    {
        bool? enabled = item.Flag("is_enabled");
        if (enabled is null && item.Errors.Count == 0)
        {
            item.Missing("is_enabled");
        }

        return () =>
        {
            _store.Set("products_enabled", enabled!.Value);
            if (enabled.Value && _store.Setting("products_catalog_id") is null)
            {
                _store.Set("products_catalog_id", Catalogs.CatalogEndpoints.NewProducts(_store, request.Actor.UserId));
            }

            context.Sink.Touch();
            return Products();
        };
    });

    private Reply Subscriptions(EntityKind kind, ApiRequest request) => Locked(() => _store.Find(kind, request.Route("id")) is not { } entity
        ? Reply.NotFound
        : PagedReply.Of(
            request,
            "subscriptions",
            new[] { entity.ResponsibleUserId },
            user => new JsonObject { ["subscriber_id"] = user, ["type"] = "user" }));

    private Reply Locked(Func<Reply> serve)
    {
        lock (_store.Gate)
        {
            return serve();
        }
    }
}
