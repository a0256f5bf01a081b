namespace Kommo.Webhooks;

/// <summary>Who wrote a chat message or is to read it (Kommo: Webhooks, <c>author</c> and <c>recipient</c>).</summary>
/// <param name="Id">The party's id in chats, a UUID.</param>
/// <param name="Type"><c>external</c> for a contact, <c>internal</c> for a user.</param>
/// <param name="Name">The name.</param>
/// <param name="UserId">The user; null for a contact.</param>
/// <param name="AvatarUrl">The picture, as Kommo sends it.</param>
public sealed record WebhookParty(string? Id, string? Type, string? Name, long? UserId, string? AvatarUrl)
{
    internal static WebhookParty? Author(WebhookFields fields) => fields.HasBelow("[author]"u8)
        ? new WebhookParty(
            fields.GetText("author[id]"u8),
            fields.GetText("author[type]"u8),
            fields.GetText("author[name]"u8),
            fields.GetInt64("author[user_id]"u8),
            fields.GetText("author[avatar_url]"u8))
        : null;

    internal static WebhookParty? Recipient(WebhookFields fields) => fields.HasBelow("[recipient]"u8)
        ? new WebhookParty(
            fields.GetText("recipient[id]"u8),
            fields.GetText("recipient[type]"u8),
            fields.GetText("recipient[name]"u8),
            fields.GetInt64("recipient[user_id]"u8),
            fields.GetText("recipient[avatar_url]"u8))
        : null;
}
