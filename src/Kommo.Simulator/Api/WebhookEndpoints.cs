using System.Text.Json;
using System.Text.Json.Nodes;
using Kommo.Simulator.Hooks;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Api;

/// <summary>Webhook subscriptions: list, create or update by destination, delete by a body (Kommo: Webhooks).</summary>
internal sealed class WebhookEndpoints(ApiContext context)
{
    private readonly WebhookRegistry _webhooks = context.Webhooks;

    public void Map(RouteGroupBuilder api)
    {
        void Guarded(string method, Func<ApiRequest, Reply> serve) => api.Serve(
            method, "/webhooks", request => context.Store.IsAdmin(request.Actor.UserId) ? serve(request) : Reply.Forbidden);
        Guarded("GET", List);
        Guarded("POST", Save);
        Guarded("DELETE", Delete);
    }

    private Reply List(ApiRequest request)
    {
        IReadOnlyList<SimulatedWebhook> found =
            [.. _webhooks.All.Where(hook => request.Query.MatchesText("destination", hook.Destination))];
        return found.Count == 0
            ? Reply.NoContent
            : Reply.Hal(new JsonObject
            {
                ["_total_items"] = found.Count,
                ["_embedded"] = new JsonObject { ["webhooks"] = new JsonArray([.. found.Select(Json)]) },
            });
    }

    private Reply Save(ApiRequest request)
    {
        if (request.Body is not JsonObject { Count: > 0 } body)
        {
            return Reply.EmptyBody;
        }

        ItemReader item = new(body, 0);
        string destination = Destination(item);
        List<string> settings = Settings(item);
        long? sort = item.Number("sort");
        if (item.Errors.Count > 0)
        {
            return Reply.Invalid([item]);
        }

        if (_webhooks.Save(destination, settings, sort, request.Actor.UserId) is not { } saved)
        {
            return Reply.Problem(422, "Unprocessable Entity", $"Limit {WebhookRegistry.MostSubscriptions} webhooks per account");
        }

        context.Sink.Touch();
        return Reply.Hal(Json(saved), 201);
    }

    private Reply Delete(ApiRequest request)
    {
        if ((request.Body as JsonObject)?["destination"] is not { } destination)
        {
            return Reply.EmptyBody;
        }

        if (!_webhooks.Remove(destination.ToString()))
        {
            return Reply.Problem(404, "Not Found", "Webhook not found");
        }

        context.Sink.Touch();
        return Reply.NoContent;
    }

    private static string Destination(ItemReader item)
    {
        string? destination = item.Text("destination", longest: 2048);
        if (destination is null)
        {
            item.Missing("destination");
        }
        else if (!Uri.TryCreate(destination, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
        {
            item.Fail("InvalidUrl", "destination", "This value is not a valid URL.");
        }

        return destination ?? "";
    }

    private static List<string> Settings(ItemReader item)
    {
        if (item.Array("settings") is not { Count: > 0 } nodes)
        {
            item.Missing("settings");
            return [];
        }

        List<string> settings = [];
        for (int index = 0; index < nodes.Count; index++)
        {
            string name = nodes[index] is { } node && node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : "";
            if (!WebhookRegistry.KnownSettings.Contains(name))
            {
                item.NotAChoice($"settings.{index}");
            }

            settings.Add(name);
        }

        return settings;
    }

    private JsonObject Json(SimulatedWebhook hook) => new()
    {
        ["id"] = hook.Id,
        ["destination"] = hook.Destination,
        ["created_at"] = hook.CreatedAt,
        ["updated_at"] = hook.UpdatedAt,
        ["account_id"] = context.Store.Options.AccountId,
        ["created_by"] = hook.CreatedBy,
        ["sort"] = hook.Sort,
        ["disabled"] = hook.Disabled,
        ["settings"] = new JsonArray([.. hook.Settings.Select(setting => JsonValue.Create(setting))]),
    };
}
