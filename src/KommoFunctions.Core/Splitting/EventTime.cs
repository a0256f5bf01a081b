using Kommo.Webhooks;

namespace KommoFunctions.Splitting;

/// <summary>When an event happened, by Kommo's clock, in whole seconds: hooks have no time of their own, only the entities in them do.</summary>
internal static class EventTime
{
    private static readonly string[] OfEntities = ["updated_at", "last_modified", "date_modify"];

    /// <summary>Nested as Kommo has them, and flat as the JSON shape has them.</summary>
    private static readonly string[] OfNotes =
    [
        "note[updated_at]", "note[timestamp_x]", "note[created_at]", "note[date_create]", "updated_at", "timestamp_x", "created_at", "date_create",
    ];

    /// <summary>The time of the state that the event tells; null when it has none.</summary>
    public static DateTimeOffset? Of(WebhookEvent e) => OfChange(e) ?? e.Fields.GetTime("created_at") ?? e.Fields.GetTime("date_create");

    /// <summary>The time of the change, which another change of the same entity does not share; null when the event tells none.</summary>
    public static DateTimeOffset? OfChange(WebhookEvent e) => e is INoteEvent { Note: var note }
        ? note.UpdatedAt ?? note.CreatedAt
        : e.Fields.GetTime("updated_at") ?? e.Fields.GetTime("last_modified") ?? e.Fields.GetTime("date_modify");

    /// <summary>Whether the event tells the time of the change in whatever form; a local time tells changes apart even where its zone is not known.</summary>
    public static bool IsTold(WebhookEvent e) =>
        (e is INoteEvent ? OfNotes : OfEntities).Any(path => e.Fields[path] is { Length: > 1 });

    /// <summary>
    /// Up to when the entity is known, once the event is processed. A deletion tells no time: it happened before its hook came, and what is older
    /// than that must not look like news of an entity that is gone.
    /// </summary>
    public static DateTimeOffset? KnownUntil(WebhookEvent e, DateTimeOffset receivedAt) => Of(e) ?? (e.Action == "delete" ? receivedAt : null);
}
