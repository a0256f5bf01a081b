using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Chats;
using Kommo.Simulator.Documents;

namespace Kommo.Simulator;

/// <content>What operators do in chats: the account's hooks tell of it, and the channel gets its own signed ones.</content>
public sealed partial class KommoSimulator
{
    /// <summary>An operator writes to the client of a conversation.</summary>
    /// <param name="conversationId">The channel's own name of the conversation.</param>
    /// <param name="text">What is written.</param>
    /// <param name="userId">Who writes; null is the admin.</param>
    /// <param name="ct">Gives up waiting for the channel; the message stays sent.</param>
    /// <returns>The message's id, and the status that the channel answered: only 200 counts, 0 is no answer within 5 seconds.</returns>
    /// <exception cref="ArgumentException">There is no such conversation or user.</exception>
    /// <exception cref="InvalidOperationException"><see cref="KommoSimulatorOptions.ChatHook"/> is not set.</exception>
    public async Task<(string MessageId, int Status)> AnswerChatAsync(
        string conversationId, string text, long? userId = null, CancellationToken ct = default)
    {
        JsonObject chat;
        JsonObject message;
        lock (_store.Gate)
        {
            chat = Conversation(conversationId);
            Actor actor = By(userId);
            JsonObject row = ChatMessages.Row("text", text, _store.Now, "");
            row["author_id"] = AccountCatalog.AmojoUser(actor.UserId);
            row["author_user_id"] = actor.UserId;
            row["author_name"] = _store.Users.Find(actor.UserId)!.Text("name");
            message = new ChatDesk(_context).Send(chat, row, actor);
        }

        return (message.Text("id"), await ChatHookSender.SendAsync("message", ChatHookSender.Message(message, chat, message.Long("created_at")), Options, ct));
    }

    /// <summary>An operator starts to type to the client of a conversation; the channel hears of it.</summary>
    /// <returns>The status that the channel answered.</returns>
    /// <exception cref="ArgumentException">There is no such conversation or user.</exception>
    public Task<int> TypeInChatAsync(string conversationId, long? userId = null, CancellationToken ct = default) =>
        ActAsync(conversationId, userId, "typing", new JsonObject { ["expired_at"] = _store.Now + 5 }, ct);

    /// <summary>An operator reacts to a message of the client, or takes the reaction back with null.</summary>
    /// <returns>The status that the channel answered.</returns>
    /// <exception cref="ArgumentException">There is no such conversation or user.</exception>
    public Task<int> ReactInChatAsync(
        string conversationId, string messageId, string? emoji, long? userId = null, CancellationToken ct = default) =>
        ActAsync(conversationId, userId, "reaction", new JsonObject
        {
            ["message"] = new JsonObject { ["id"] = messageId },
            ["type"] = emoji is null ? "unreact" : "react",
            ["emoji"] = emoji,
        }, ct);

    private Task<int> ActAsync(string conversationId, long? userId, string kind, JsonObject what, CancellationToken ct)
    {
        JsonObject action;
        lock (_store.Gate)
        {
            JsonObject chat = Conversation(conversationId);
            Actor actor = By(userId);
            what["user"] = new JsonObject { ["id"] = AccountCatalog.AmojoUser(actor.UserId) };
            what["conversation"] = new JsonObject { ["id"] = chat.Text("id"), ["client_id"] = chat.Text("conversation_id") };
            action = new JsonObject { [kind] = what };
        }

        return ChatHookSender.SendAsync("action", action, Options, ct);
    }

    private JsonObject Conversation(string conversationId) => ChatTables.ByConversation(_store, conversationId)
        ?? throw new ArgumentException($"There is no conversation {conversationId}.", nameof(conversationId));
}
