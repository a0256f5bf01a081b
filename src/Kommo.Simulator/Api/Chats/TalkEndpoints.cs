using System.Text.Json.Nodes;
using Kommo.Simulator.Chats;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Api.Chats;

/// <summary>Talks, and the chats of contacts (Kommo: Conversations, Contacts). The list of talks is newer and less certain.</summary>
internal sealed class TalkEndpoints(ApiContext context)
{
    private readonly AccountStore _store = context.Store;
    private readonly ChatDesk _desk = new(context);

    public void Map(RouteGroupBuilder api)
    {
        context.Map(api, new Resource
        {
            Name = "talks",
            Path = "/talks",
            Table = _ => ChatTables.Talks(_store),
            Fields = [],
            UnknownStatus = 404,
            Filters = ["contact_id", "entity_id", "chat_id"],
            Ranges = ["created_at", "updated_at"],
            Orders = ["created_at", "updated_at"],
            Show = Show,
        }, Verbs.Read);
        api.Serve("POST", "/talks/{id:long}/close", Close);
        api.Serve("GET", "/contacts/chats", ListChats);
        api.Serve("POST", "/contacts/chats", ConnectChats);
    }

    private static void Show(JsonObject talk, ApiRequest request)
    {
        talk["_links"] = request.SelfLink($"/api/v4/talks/{talk.Text("talk_id")}");
        JsonObject Linked(string kind, long id) =>
            new() { ["id"] = id, ["_links"] = request.SelfLink($"/api/v4/{kind}/{id.ToText()}") };
        talk["_embedded"] = new JsonObject
        {
            ["contacts"] = new JsonArray(Linked("contacts", talk.Long("contact_id"))),
            ["leads"] = talk.LongOrNone("entity_id") is { } lead && talk.Text("entity_type") == "lead" ? new JsonArray(Linked("leads", lead)) : [],
            ["customers"] = new JsonArray(),
        };
    }

    private Reply Close(ApiRequest request)
    {
        lock (_store.Gate)
        {
            if (ChatTables.Talks(_store).Find(request.Route("id")) is not { } talk)
            {
                return Reply.NotFound;
            }

            if (request.Body is JsonObject body && body["force_close"] is { } force && force.GetValueKind() is not (System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False))
            {
                ItemReader item = new(body, 0);
                item.Flag("force_close");
                return Reply.Invalid([item]);
            }

            if (talk.Flag("is_in_work"))
            {
                _desk.Close(talk);
            }

            return Reply.Accepted;
        }
    }

    private Reply ListChats(ApiRequest request)
    {
        lock (_store.Gate)
        {
            ListQuery query = request.Query;
            IReadOnlyList<string> contacts = Values(query, "contact_id");
            IReadOnlyList<string> chats = Values(query, "chat_id");
            if (!_store.IsAdmin(request.Actor.UserId))
            {
                return Reply.Forbidden;
            }

            List<JsonObject> found =
            [
                .. ChatTables.Links(_store).All.Where(link =>
                    (contacts.Count > 0 || chats.Count > 0)
                    && (contacts.Count == 0 || contacts.Contains(link.Text("contact_id")))
                    && (chats.Count == 0 || chats.Contains(link.Text("chat_id")))).Select(link => link.Copy()),
            ];
            return found.Count == 0 ? Reply.NoContent : Reply.Hal(new JsonObject
            {
                ["_total_items"] = found.Count,
                ["_embedded"] = new JsonObject { ["chats"] = found.ToJsonArray() },
            });
        }
    }

    private Reply ConnectChats(ApiRequest request) => !_store.IsAdmin(request.Actor.UserId) ? Reply.Forbidden : context.Batch.Many(request, "chats", item =>
    {
        long contact = item.Number("contact_id") ?? 0;
        if (!_store.Exists(EntityKind.Contact, contact))
        {
            item.NotAChoice("contact_id");
        }

        string chat = item.Text("chat_id") ?? "";
        if (ChatTables.Chats(_store).Find(chat) is null)
        {
            item.NotAChoice("chat_id");
        }

        return () =>
        {
            JsonObject body = _desk.Connect(contact, chat).Copy();
            body["request_id"] = item.RequestId;
            return body;
        };
    });

    private static IReadOnlyList<string> Values(ListQuery query, string name) =>
    [
        .. query.Keys.Where(key => key == name || key.StartsWith($"{name}[", StringComparison.Ordinal))
            .SelectMany(key => query.Text(key)!.Split(',')),
    ];
}
