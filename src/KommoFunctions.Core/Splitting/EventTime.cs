using Kommo.Webhooks;

namespace KommoFunctions.Splitting;

/// <summary>When an event happened, by Kommo's clock, in whole seconds: hooks have no time of their own, only the entities in them do.</summary>
internal static class EventTime
{
    /// <summary>The time of the state that the event tells; null when it has none.</summary>
    public static DateTimeOffset? Of(WebhookEvent e) => OfChange(e) ?? e.Fields.GetTime("created_at") ?? e.Fields.GetTime("date_create");

    /// <summary>The time of the change, which another change of the same entity does not share; null when the event tells none.</summary>
    public static DateTimeOffset? OfChange(WebhookEvent e) =>
        e.Fields.GetTime("updated_at")
        ?? e.Fields.GetTime("last_modified")
        ?? e.Fields.GetTime("date_modify")
        ?? e.Fields.GetTime("note[updated_at]")
        ?? e.Fields.GetTime("note[created_at]");

    /// <summary>
    /// Up to when the entity is known, once the event is processed. A deletion tells no time: it happened before its hook came, and what is older
    /// than that must not look like news of an entity that is gone.
    /// </summary>
    public static DateTimeOffset? KnownUntil(WebhookEvent e, DateTimeOffset receivedAt) => Of(e) ?? (e.Action == "delete" ? receivedAt : null);
}
