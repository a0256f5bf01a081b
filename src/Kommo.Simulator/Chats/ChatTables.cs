using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;

namespace Kommo.Simulator.Chats;

/// <summary>The chats of the account: by their own id, by the channel's conversation id, with their messages and talks.</summary>
internal static class ChatTables
{
    /// <summary>The connected channels by scope, which is the channel's id and the account's.</summary>
    public static DocumentTable Scopes(AccountStore store) => store.Documents.Table("chat_scopes", 0, "scope_id");

    public static DocumentTable Chats(AccountStore store) => store.Documents.Table("chats");

    /// <summary>Messages by Kommo's own id.</summary>
    public static DocumentTable Messages(AccountStore store) => store.Documents.Table("chat_messages");

    public static DocumentTable Talks(AccountStore store) => store.Documents.Table("talks", 5_600_000, "talk_id");

    /// <summary>Which chats belong to which contacts.</summary>
    public static DocumentTable Links(AccountStore store) => store.Documents.Table("chat_links", 5_700_000);

    public static string Scope(KommoSimulatorOptions options) => $"{options.ChatChannelId}_{AccountCatalog.AmojoId}";

    public static JsonObject? ByConversation(AccountStore store, string conversationId) =>
        Chats(store).All.FirstOrDefault(chat => chat.Text("conversation_id") == conversationId);

    public static JsonObject? ByExternalId(AccountStore store, string messageId) =>
        Messages(store).All.FirstOrDefault(message => message.Text("msgid") == messageId) ?? Messages(store).Find(messageId);
}
