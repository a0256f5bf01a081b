using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Api;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;

namespace Kommo.Simulator.Chats;

/// <summary>Messages that the channel brings: new ones, either way, and edited ones (Kommo: Chats API, send messages).</summary>
internal sealed class ChatMessages(ApiContext context)
{
    private static readonly string[] Types = ["text", "contact", "file", "video", "picture", "voice", "audio", "sticker", "location"];
    private readonly AccountStore _store = context.Store;
    private readonly ChatDesk _desk = new(context);

    public Reply Take(JsonObject body)
    {
        JsonObject payload = body.Object("payload");
        return body.Text("event_type") switch
        {
            "new_message" => New(payload),
            "edit_message" => Edit(payload),
            _ => ChatReply.Refused(400, "VALIDATION_ERROR", "event_type is new_message or edit_message"),
        };
    }

    /// <summary>A message as the history shows it.</summary>
    public static JsonObject Shown(JsonObject message, JsonObject chat)
    {
        JsonObject user = chat.Object("user");
        JsonObject client = new() { ["id"] = user.Text("id"), ["name"] = user.Text("name"), ["client_id"] = user.Text("client_id") };
        bool incoming = message.Flag("is_incoming");
        return new JsonObject
        {
            ["timestamp"] = message.Long("created_at"),
            ["sender"] = incoming ? client : new JsonObject { ["id"] = message.Text("author_id"), ["name"] = message.Text("author_name") },
            ["receiver"] = incoming ? null : client,
            ["message"] = new JsonObject
            {
                ["id"] = message.Text("id"),
                ["client_id"] = message.Text("msgid"),
                ["type"] = message.Text("type"),
                ["text"] = message.Text("text"),
                ["media"] = message.Text("media"),
                ["thumbnail"] = "",
                ["file_name"] = message.Text("file_name"),
                ["file_size"] = message.Long("file_size"),
                ["media_group_id"] = null,
            },
        };
    }

    private Reply New(JsonObject payload)
    {
        JsonObject sender = payload.Object("sender");
        JsonObject receiver = payload.Object("receiver");
        JsonObject message = payload.Object("message");
        string? missing = ((string[])["conversation_id", "msgid", "timestamp"]).FirstOrDefault(name => payload.Text(name).Length == 0);
        if (missing is not null || sender.Text("id").Length == 0 || !Types.Contains(message.Text("type"))
            || (message.Text("type") == "text" && message.Text("text").Length == 0))
        {
            return ChatReply.Refused(400, "VALIDATION_ERROR", $"{missing ?? "sender.id, message.type or message.text"} is required");
        }

        bool outgoing = receiver.Text("id").Length > 0;
        JsonObject chat = _desk.Open(payload.Text("conversation_id"), outgoing ? receiver : sender);
        JsonObject kept = ChatTables.ByExternalId(_store, payload.Text("msgid")) ?? Keep(payload, chat, sender, outgoing);
        return Reply.Json(new JsonObject
        {
            ["new_message"] = new JsonObject
            {
                ["conversation_id"] = chat.Text("id"),
                ["sender_id"] = outgoing ? kept.Text("author_id") : chat.Object("user").Text("id"),
                ["receiver_id"] = outgoing ? chat.Object("user").Text("id") : "",
                ["msgid"] = kept.Text("id"),
                ["ref_id"] = payload.Text("msgid"),
            },
        });
    }

    private JsonObject Keep(JsonObject payload, JsonObject chat, JsonObject sender, bool outgoing)
    {
        JsonObject message = payload.Object("message");
        JsonObject row = Row(message.Text("type"), message.Text("text"), payload.Long("timestamp"), payload.Text("msgid"));
        row["media"] = message.Text("media");
        row["file_name"] = message.Text("file_name");
        row["file_size"] = message.Long("file_size");
        if (!outgoing)
        {
            return _desk.Receive(chat, row, payload.Flag("silent"));
        }

        long? user = _store.Users.All.FirstOrDefault(known => AccountCatalog.AmojoUser(known.Id()) == sender.Text("ref_id"))?.Id();
        row["author_id"] = sender.Text("ref_id");
        row["author_user_id"] = user;
        row["author_name"] = sender.Text("name");
        return _desk.Send(chat, row, new Actor(user ?? 0, ThroughApi: true));
    }

    private Reply Edit(JsonObject payload)
    {
        if (ChatTables.ByExternalId(_store, payload.Text("msgid")) is not { } message)
        {
            return ChatReply.NotFound;
        }

        JsonObject changed = message.With("text", payload.Object("message").Text("text"));
        changed["type"] = payload.Object("message").Text("type");
        ChatTables.Messages(_store).Put(changed);
        context.Sink.Touch();
        return Reply.Json(new JsonObject
        {
            ["edit_message"] = new JsonObject { ["msgid"] = message.Text("id"), ["ref_id"] = payload.Text("msgid") },
        });
    }

    public static JsonObject Row(string type, string text, long at, string externalId) => new()
    {
        ["id"] = null,
        ["msgid"] = externalId,
        ["type"] = type,
        ["text"] = text,
        ["created_at"] = at,
    };
}
