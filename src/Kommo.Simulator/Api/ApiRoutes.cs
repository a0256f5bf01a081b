using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Entities;
using Kommo.Simulator.Hooks;
using Kommo.Simulator.OAuth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Api;

/// <summary>The routes of API v4 that the simulator serves.</summary>
internal sealed class ApiRoutes(
    AccountStore store, EntityChanges entities, TaskChanges tasks, NoteChanges notes, WebhookRegistry webhooks, IChangeSink sink)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder api = routes.MapGroup("/api/v4");
        AccountEndpoints account = new(store.Options);
        Get(api, "/account", account.Get);
        Get(api, "/users", AccountEndpoints.Users);
        Get(api, "/users/{id:long}", AccountEndpoints.GetUser);
        PipelineEndpoints pipelines = new(store.Options);
        Get(api, "/leads/pipelines", pipelines.List);
        Get(api, "/leads/pipelines/{id:long}", pipelines.Get);
        Get(api, "/leads/pipelines/{id:long}/statuses", pipelines.Statuses);
        Get(api, "/leads/pipelines/{id:long}/statuses/{statusId:long}", pipelines.GetStatus);
        WebhookEndpoints hooks = new(webhooks, store.Options, sink.Touch);
        Get(api, "/webhooks", hooks.List);
        Write(api, "POST", "/webhooks", hooks.Save);
        Write(api, "DELETE", "/webhooks", hooks.Delete);
        Write(api, "POST", "/leads/complex", new ComplexLeadEndpoint(store, entities).Create);
        foreach (EntityKind kind in Enum.GetValues<EntityKind>())
        {
            MapEntities(api, kind);
            MapNotes(api, kind);
        }

        MapTasks(api);
    }

    private void MapEntities(RouteGroupBuilder api, EntityKind kind)
    {
        EntityEndpoints endpoints = new(kind, store, entities);
        TagAndFieldEndpoints more = new(kind, store, sink);
        string path = $"/{kind.Plural()}";
        Get(api, path, endpoints.List);
        Get(api, $"{path}/{{id:long}}", endpoints.Get);
        Write(api, "POST", path, endpoints.Create);
        Write(api, "PATCH", path, endpoints.UpdateMany);
        Write(api, "PATCH", $"{path}/{{id:long}}", endpoints.UpdateOne);
        Get(api, $"{path}/tags", more.Tags);
        Write(api, "POST", $"{path}/tags", more.CreateTags);
        Get(api, $"{path}/custom_fields", more.Fields);
        Get(api, $"{path}/custom_fields/{{id:long}}", more.GetField);
    }

    private void MapNotes(RouteGroupBuilder api, EntityKind kind)
    {
        NoteEndpoints endpoints = new(kind, store, notes);
        string all = $"/{kind.Plural()}/notes";
        string own = $"/{kind.Plural()}/{{id:long}}/notes";
        Get(api, all, endpoints.List);
        Get(api, $"{all}/{{noteId:long}}", endpoints.Get);
        Write(api, "POST", all, endpoints.Create);
        Write(api, "PATCH", all, endpoints.UpdateMany);
        Get(api, own, endpoints.ListOf);
        Get(api, $"{own}/{{noteId:long}}", endpoints.Get);
        Write(api, "POST", own, endpoints.CreateOf);
        Write(api, "PATCH", own, endpoints.UpdateMany);
        Write(api, "PATCH", $"{own}/{{noteId:long}}", endpoints.UpdateOne);
    }

    private void MapTasks(RouteGroupBuilder api)
    {
        TaskEndpoints endpoints = new(store, tasks);
        Get(api, "/tasks", endpoints.List);
        Get(api, "/tasks/{id:long}", endpoints.Get);
        Write(api, "POST", "/tasks", endpoints.Create);
        Write(api, "PATCH", "/tasks", endpoints.UpdateMany);
        Write(api, "PATCH", "/tasks/{id:long}", endpoints.UpdateOne);
    }

    private static void Get(RouteGroupBuilder api, string path, Func<ApiRequest, Reply> serve) => api.MapGet(path, (RequestDelegate)(http =>
        http.WriteAsync(serve(new ApiRequest(http, null, Bearer.ActorOf(http))))));

    private static void Write(RouteGroupBuilder api, string method, string path, Func<ApiRequest, Reply> serve) =>
        api.MapMethods(path, [method], (RequestDelegate)(async http =>
        {
            JsonNode? body = await http.ReadJsonAsync();
            await http.WriteAsync(serve(new ApiRequest(http, body, Bearer.ActorOf(http))));
        }));
}
