using System.Text.Json;
using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Api;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Chats;

/// <summary>The Chats API, on its own host and with its own signatures: no access token opens it (Kommo: Chats API).</summary>
internal sealed class ChatsApi(ApiContext context)
{
    private const string Root = "/v2/origin/custom";
    private readonly AccountStore _store = context.Store;
    private readonly KommoSimulatorOptions _options = context.Store.Options;
    private readonly ChatDesk _desk = new(context);
    private readonly ChatMessages _messages = new(context);

    public void Map(IEndpointRouteBuilder routes)
    {
        Serve(routes, "POST", $"{Root}/{{channel}}/connect", Connect);
        Serve(routes, "DELETE", $"{Root}/{{channel}}/disconnect", Disconnect);
        Serve(routes, "POST", $"{Root}/{{scope}}/chats", (_, body) => Create(body));
        Serve(routes, "POST", $"{Root}/{{scope}}", (_, body) => _messages.Take(body));
        Serve(routes, "POST", $"{Root}/{{scope}}/{{message}}/delivery_status", (http, body) => Deliver((string)http.Request.RouteValues["message"]!, body));
        Serve(routes, "POST", $"{Root}/{{scope}}/typing", (_, body) =>
            ChatTables.ByConversation(_store, body.Text("conversation_id")) is null ? ChatReply.NotFound : Reply.NoContent);
        Serve(routes, "POST", $"{Root}/{{scope}}/react", (_, body) => React(body));
        Serve(routes, "GET", $"{Root}/{{scope}}/chats/{{conversation}}/history", (http, _) => History(http));
    }

    private void Serve(IEndpointRouteBuilder routes, string method, string path, Func<HttpContext, JsonObject, Reply> serve) =>
        routes.MapMethods(path, [method], (RequestDelegate)(async http =>
        {
            using MemoryStream bytes = new();
            await http.Request.Body.CopyToAsync(bytes, http.RequestAborted);
            await http.WriteAsync(Answer(http, bytes.ToArray(), serve));
        }));

    private Reply Answer(HttpContext http, byte[] bytes, Func<HttpContext, JsonObject, Reply> serve)
    {
        if (!ChatSignature.IsGenuine(http.Request, bytes, _options))
        {
            return ChatReply.Refused(403, "ORIGIN_INVALID_SIGNATURE", "Invalid signature");
        }

        JsonObject body;
        try
        {
            body = bytes.Length == 0 ? [] : JsonNode.Parse(bytes) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return ChatReply.Refused(400, "INVALID_JSON", "The body is no JSON");
        }

        lock (_store.Gate)
        {
            bool known = http.Request.RouteValues["scope"] is not string scope
                ? (string)http.Request.RouteValues["channel"]! == _options.ChatChannelId
                : ChatTables.Scopes(_store).Find(scope) is not null;
            return known ? serve(http, body) : ChatReply.NotFound;
        }
    }

    private Reply Connect(HttpContext http, JsonObject body)
    {
        if (body.Text("account_id") != AccountCatalog.AmojoId)
        {
            return ChatReply.Refused(404, "ACCOUNT_NOT_FOUND", "Account not found");
        }

        JsonObject row = new()
        {
            ["account_id"] = AccountCatalog.AmojoId,
            ["scope_id"] = ChatTables.Scope(_options),
            ["title"] = body.Text("title"),
            ["hook_api_version"] = body["hook_api_version"]?.ToString() ?? "v2",
            ["is_time_window_disabled"] = body.Flag("is_time_window_disabled"),
        };
        ChatTables.Scopes(_store).Put(row);
        context.Sink.Touch();
        return Reply.Json(row.Copy());
    }

    private Reply Disconnect(HttpContext http, JsonObject body)
    {
        if (body.Text("account_id") != AccountCatalog.AmojoId || !ChatTables.Scopes(_store).Remove(ChatTables.Scope(_options)))
        {
            return ChatReply.NotFound;
        }

        context.Sink.Touch();
        return Reply.Json(new JsonObject());
    }

    private Reply Create(JsonObject body)
    {
        if (body.Text("conversation_id").Length == 0 || body.Object("user").Text("id").Length == 0)
        {
            return ChatReply.Refused(400, "VALIDATION_ERROR", "conversation_id and user.id are required");
        }

        JsonObject chat = _desk.Open(body.Text("conversation_id"), body.Object("user"));
        context.Sink.Touch();
        return Reply.Json(new JsonObject { ["id"] = chat.Text("id"), ["user"] = chat.Object("user").Copy() });
    }

    private Reply Deliver(string messageId, JsonObject body)
    {
        if (ChatTables.ByExternalId(_store, messageId) is not { } message)
        {
            return ChatReply.NotFound;
        }

        long? status = body.LongOrNone("delivery_status");
        bool failed = status == -1;
        if (status is not (-1 or 1 or 2) || (failed && body.LongOrNone("error_code") is not (>= 901 and <= 905)))
        {
            return ChatReply.Refused(400, "VALIDATION_ERROR", "delivery_status is -1 (with an error_code of 901 to 905), 1 or 2");
        }

        JsonObject changed = message.With("delivery_status", status);
        changed["error_code"] = failed ? body.Long("error_code") : null;
        changed["error"] = failed ? body.Text("error") : null;
        ChatTables.Messages(_store).Put(changed);
        context.Sink.Touch();
        return Reply.Json(new JsonObject());
    }

    private Reply React(JsonObject body)
    {
        string id = body.Text("id").Length > 0 ? body.Text("id") : body.Text("msgid");
        if (ChatTables.ByExternalId(_store, id) is not { } message)
        {
            return ChatReply.NotFound;
        }

        if (body.Text("type") is not ("react" or "unreact") || (body.Text("type") == "react" && body.Text("emoji").Length == 0))
        {
            return ChatReply.Refused(400, "VALIDATION_ERROR", "type is react (with an emoji) or unreact");
        }

        ChatTables.Messages(_store).Put(message.With("reaction", body.Text("type") == "react" ? body.Text("emoji") : null));
        context.Sink.Touch();
        return Reply.Json(new JsonObject());
    }

    private Reply History(HttpContext http)
    {
        ListQuery query = new(http.Request.Query);
        string conversation = (string)http.Request.RouteValues["conversation"]!;
        JsonObject? chat = ChatTables.ByConversation(_store, conversation) ?? ChatTables.Chats(_store).Find(conversation);
        if (chat is null)
        {
            return ChatReply.NotFound;
        }

        if (query.Limit is < 1 or > 50)
        {
            return ChatReply.Refused(400, "VALIDATION_ERROR", "limit is 1 to 50");
        }

        int offset = int.TryParse(query.Text("offset"), out int skipped) ? skipped : 0;
        List<JsonObject> messages =
        [
            .. ChatTables.Messages(_store).All.Where(message => message.Text("chat_id") == chat.Text("id"))
                .Reverse().Skip(offset).Take((int)query.Limit).Select(message => ChatMessages.Shown(message, chat)),
        ];
        return messages.Count == 0 ? Reply.NoContent : Reply.Json(new JsonObject { ["messages"] = messages.ToJsonArray() });
    }
}
