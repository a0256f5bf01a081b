using System.Text.Json.Nodes;
using Kommo.Simulator.Api;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Control;

/// <summary>What bots and operators do, asked for from another process.</summary>
internal sealed class ActionRoutes(KommoSimulator simulator)
{
    public void Map(RouteGroupBuilder own)
    {
        own.MapGet("/routes", (RequestDelegate)(http => http.WriteAsync(Reply.Json(Routes()))));
        own.MapPost("/bots/step", (RequestDelegate)(http => Answer(http, StartStepAsync)));
        own.MapGet("/bots/steps", (RequestDelegate)(http => http.WriteAsync(Reply.Json(Steps()))));
        own.MapPost("/chats/answer", (RequestDelegate)(http => Answer(http, AnswerChatAsync)));
    }

    private JsonArray Routes() =>
        simulator.Routes.Select(route => new JsonObject { ["method"] = route.Method, ["template"] = route.Template }).ToJsonArray();

    private JsonArray Steps() => simulator.BotSteps.Select(step => new JsonObject
    {
        ["continue_id"] = step.ContinueId,
        ["bot_id"] = step.BotId,
        ["is_waiting"] = step.IsWaiting,
        ["continuation"] = step.Continuation,
    }).ToJsonArray();

    private async Task<Reply> StartStepAsync(JsonObject body, CancellationToken ct)
    {
        if (!Uri.TryCreate(body.Text("url"), UriKind.Absolute, out Uri? url) || EntityKindNames.FromPlural(body.Text("entity_type")) is not { } kind)
        {
            return Reply.Problem(400, "Bad Request", "url, entity_type (plural) and entity_id are required");
        }

        (long id, int status) = await simulator.StartBotStepAsync(
            url, kind, body.Long("entity_id"), body["data"] as JsonObject, body.LongOrNone("bot_id"), body.Flag("as_form"), ct);
        return Reply.Json(new JsonObject { ["continue_id"] = id, ["status"] = status });
    }

    private async Task<Reply> AnswerChatAsync(JsonObject body, CancellationToken ct)
    {
        (string id, int status) = await simulator.AnswerChatAsync(body.Text("conversation_id"), body.Text("text"), body.LongOrNone("user_id"), ct);
        return Reply.Json(new JsonObject { ["message_id"] = id, ["status"] = status });
    }

    private static async Task Answer(HttpContext http, Func<JsonObject, CancellationToken, Task<Reply>> serve)
    {
        JsonObject body = await http.ReadJsonAsync() as JsonObject ?? [];
        Reply reply;
        try
        {
            reply = await serve(body, http.RequestAborted);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            reply = Reply.Problem(400, "Bad Request", error.Message);
        }

        await http.WriteAsync(reply);
    }
}
