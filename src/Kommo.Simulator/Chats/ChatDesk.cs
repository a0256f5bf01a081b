using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Api;
using Kommo.Simulator.Api.Leads;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;
using Kommo.Simulator.Events;
using Kommo.Simulator.Hooks;

namespace Kommo.Simulator.Chats;

/// <summary>
/// What messages do in the account: a chat, a contact and an incoming lead for a stranger, a talk for everybody, events and hooks.
/// Callers hold the store's gate.
/// </summary>
internal sealed class ChatDesk(ApiContext context)
{
    private readonly AccountStore _store = context.Store;
    private readonly IncomingLeads _incoming = new(context);

    /// <summary>The chat of a conversation, made with its contact when there is none.</summary>
    public JsonObject Open(string conversationId, JsonObject person)
    {
        if (ChatTables.ByConversation(_store, conversationId) is { } known)
        {
            return known;
        }

        JsonObject profile = person.Object("profile");
        JsonObject chat = new()
        {
            ["id"] = Guid.NewGuid().ToString(),
            ["conversation_id"] = conversationId,
            ["user"] = new JsonObject
            {
                ["id"] = Guid.NewGuid().ToString(),
                ["client_id"] = person.Text("id"),
                ["name"] = person.Text("name"),
                ["avatar"] = person.Text("avatar"),
                ["phone"] = profile.Text("phone"),
                ["email"] = profile.Text("email"),
            },
        };
        ChatTables.Chats(_store).Put(chat);
        return chat;
    }

    /// <summary>A message from the client: told by hooks and events, and an incoming lead unless the chat's contact has leads.</summary>
    public JsonObject Receive(JsonObject chat, JsonObject message, bool silent)
    {
        Actor robot = Actor.User(0);
        long contact = ContactOf(chat, robot, out bool isNew);
        JsonObject talk = Talk(chat, contact, message.Long("created_at"), out bool isNewTalk);
        JsonObject kept = Keep(chat, talk, message, isIncoming: true);
        if (silent)
        {
            return kept;
        }

        if (isNew)
        {
            Wait(chat, contact, message, robot);
        }

        _store.Events.Add("incoming_chat_message", "contact", contact, robot, after: Told(kept));
        context.Sink.Publish(new Change([isNewTalk ? "add_talk" : "update_talk"], body => ChatHooks.Talk(body, isNewTalk ? "add" : "update", talk)));
        context.Sink.Publish(new Change(["add_message"], body => ChatHooks.Message(body, kept, _store)));
        return kept;
    }

    /// <summary>A message of the account's: by an operator here, or brought over by the channel.</summary>
    public JsonObject Send(JsonObject chat, JsonObject message, Actor actor)
    {
        long contact = ContactOf(chat, actor, out _);
        JsonObject talk = Talk(chat, contact, message.Long("created_at"), out _);
        JsonObject kept = Keep(chat, talk, message, isIncoming: false);
        _store.Events.Add("outgoing_chat_message", "contact", contact, actor, after: Told(kept));
        context.Sink.Publish(new Change(["add_outgoing_message"], body => ChatHooks.Message(body, kept, _store)));
        return kept;
    }

    public void Close(JsonObject talk)
    {
        JsonObject closed = talk.With("is_in_work", false);
        closed["updated_at"] = _store.Now;
        ChatTables.Talks(_store).Put(closed);
        context.Sink.Publish(new Change(["update_talk"], body => ChatHooks.Talk(body, "update", closed)));
    }

    private JsonObject Keep(JsonObject chat, JsonObject talk, JsonObject message, bool isIncoming)
    {
        JsonObject kept = message.Copy();
        kept["id"] = Guid.NewGuid().ToString();
        kept["chat_id"] = chat.Text("id");
        kept["conversation_id"] = chat.Text("conversation_id");
        kept["talk_id"] = talk.Long("talk_id");
        kept["contact_id"] = talk.Long("contact_id");
        kept["is_incoming"] = isIncoming;
        ChatTables.Messages(_store).Put(kept);
        context.Sink.Touch();
        return kept;
    }

    private long ContactOf(JsonObject chat, Actor actor, out bool isNew)
    {
        JsonObject? link = ChatTables.Links(_store).All.FirstOrDefault(row => row.Text("chat_id") == chat.Text("id"));
        isNew = link is null;
        if (link is not null)
        {
            return link.Long("contact_id");
        }

        SimulatedContact contact = context.Entities.Add(
            new SimulatedContact { Name = chat.Object("user").Text("name"), ResponsibleUserId = AccountCatalog.Admin }, actor);
        Connect(contact.Id, chat.Text("id"));
        return contact.Id;
    }

    public JsonObject Connect(long contactId, string chatId)
    {
        DocumentTable links = ChatTables.Links(_store);
        JsonObject link = new() { ["id"] = links.NextId(), ["contact_id"] = contactId, ["chat_id"] = chatId };
        links.Put(link);
        context.Sink.Touch();
        return link;
    }

    private JsonObject Talk(JsonObject chat, long contact, long now, out bool isNew)
    {
        DocumentTable talks = ChatTables.Talks(_store);
        JsonObject? open = talks.All.LastOrDefault(row => row.Text("chat_id") == chat.Text("id") && row.Flag("is_in_work"));
        isNew = open is null;
        JsonObject talk = open?.Copy() ?? new JsonObject
        {
            ["talk_id"] = talks.NextId(),
            ["created_at"] = now,
            ["updated_at"] = now,
            ["rate"] = 0,
            ["contact_id"] = contact,
            ["chat_id"] = chat.Text("id"),
            ["entity_id"] = null,
            ["entity_type"] = null,
            ["is_in_work"] = true,
            ["is_read"] = false,
            ["origin"] = _store.Options.ChatOrigin,
            ["missed_at"] = null,
            ["account_id"] = _store.Options.AccountId,
        };
        talk["updated_at"] = now;
        talk["is_read"] = false;
        if (_store.Find(EntityKind.Contact, contact) is { } person && _store.LeadsOf(person).LastOrDefault() is { } lead)
        {
            talk["entity_id"] = lead.Id;
            talk["entity_type"] = "lead";
        }

        talks.Put(talk);
        return talk;
    }

    private void Wait(JsonObject chat, long contact, JsonObject message, Actor actor)
    {
        JsonObject head = IncomingLeads.Head(
            "chats",
            _store.Options.ChatOrigin,
            chat.Text("conversation_id"),
            _store.Pipelines.All.First(pipeline => pipeline.IsMain).Id,
            new JsonObject { ["origin"] = _store.Options.ChatOrigin, ["last_message_text"] = message.Text("text"), ["received_at"] = _store.Now },
            _store.Now);
        _incoming.Add(head, new SimulatedLead { ResponsibleUserId = AccountCatalog.Admin }, [_store.Contacts.Find(contact)!], [], actor);
    }

    private JsonObject Told(JsonObject message) => new()
    {
        ["message"] = new JsonObject
        {
            ["id"] = message.Text("id"),
            ["talk_id"] = message.Long("talk_id"),
            ["origin"] = _store.Options.ChatOrigin,
        },
    };
}
