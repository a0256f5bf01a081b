using System.Text.Json.Nodes;
using Kommo.Simulator.Chats;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;

namespace Kommo.Simulator.Hooks;

/// <summary>Bodies of the account's hooks on talks, messages and template reviews (Kommo: Webhooks).</summary>
internal static class ChatHooks
{
    public static void Talk(FormBody body, string action, JsonObject talk) => body.At("talk").At(action).At(0)
        .Add("talk_id", talk.Long("talk_id"))
        .Add("created_at", talk.Long("created_at"))
        .Add("updated_at", talk.Long("updated_at"))
        .Add("rate", talk.Long("rate"))
        .Add("contact_id", talk.Long("contact_id"))
        .Add("chat_id", talk.Text("chat_id"))
        .Add("entity_id", talk.LongOrNone("entity_id"))
        .Add("entity_type", talk["entity_type"]?.ToString())
        .Add("is_in_work", talk.Flag("is_in_work") ? 1 : 0)
        .Add("is_read", talk.Flag("is_read") ? 1 : 0)
        .Add("origin", talk.Text("origin"));

    public static void Message(FormBody body, JsonObject message, AccountStore store)
    {
        bool incoming = message.Flag("is_incoming");
        JsonObject? chat = ChatTables.Chats(store).Find(message.Text("chat_id"));
        JsonObject? talk = ChatTables.Talks(store).Find(message.Long("talk_id"));
        FormNode item = body.At(incoming ? "message" : "outgoing_message").At("add").At(0)
            .Add("id", message.Text("id"))
            .Add("chat_id", message.Text("chat_id"))
            .Add("talk_id", message.Long("talk_id"))
            .Add("contact_id", message.Long("contact_id"))
            .Add("text", message.Text("text"))
            .Add("created_at", message.Long("created_at"))
            .Add("message_type", message.Text("type"))
            .Add("entity_type", talk?["entity_type"]?.ToString())
            .Add("entity_id", talk?.LongOrNone("entity_id"))
            .Add("element_type", talk?.LongOrNone("entity_id") is null ? null : 2)
            .Add("element_id", talk?.LongOrNone("entity_id"))
            .Add("type", incoming ? "incoming" : "outgoing");
        if (message.Text("media").Length > 0)
        {
            item.At("attachment")
                .Add("type", message.Text("type"))
                .Add("link", message.Text("media"))
                .Add("file_name", message.Text("file_name"));
        }

        JsonObject client = chat?.Object("user") ?? [];
        FormNode author = item.At("author");
        if (incoming)
        {
            author.Add("id", client.Text("id")).Add("type", "external").Add("name", client.Text("name")).Add("avatar_url", client.Text("avatar"));
        }
        else
        {
            author.Add("id", message.Text("author_id")).Add("type", "internal").Add("user_id", message.LongOrNone("author_user_id")).Add("name", message.Text("author_name"));
            item.At("recipient").Add("id", client.Text("id")).Add("type", "external").Add("name", client.Text("name"));
        }

        item.Add("origin", store.Options.ChatOrigin);
    }

    /// <summary>A template sent for review; the documentation's example has no key above the action.</summary>
    public static void Review(FormBody body, JsonObject template)
    {
        FormNode item = body.At("add").At(0)
            .Add("id", template.Id())
            .Add("type", template.Text("type"))
            .Add("account_id", template.Long("account_id"))
            .Add("name", template.Text("name"))
            .Add("content", template.Text("content"))
            .Add("created_at", template.Long("created_at"))
            .Add("updated_at", template.Long("updated_at"))
            .Add("is_editable", template.Flag("is_editable") ? 1 : 0);
        JsonArray reviews = template.List("reviews");
        for (int index = 0; index < reviews.Count; index++)
        {
            JsonObject review = (JsonObject)reviews[index]!;
            item.At("reviews").At(index)
                .Add("id", review.Id())
                .Add("source_id", review.Long("source_id"))
                .Add("status", review.Text("status"))
                .Add("reject_reason", review.Text("reject_reason"));
        }

        item.Add("is_on_review", 1)
            .Add("waba_footer", template.Text("waba_footer"))
            .Add("waba_category", template.Text("waba_category"))
            .Add("waba_language", template.Text("waba_language"));
    }
}
