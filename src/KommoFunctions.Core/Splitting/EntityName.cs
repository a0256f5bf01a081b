using System.Globalization;
using Kommo.Webhooks;

namespace KommoFunctions.Splitting;

/// <summary>The entity whose state an event tells, by the names that Kommo has for it.</summary>
/// <param name="Kind">
/// Its kind as hooks name it. Companies, which come under <c>contacts</c> with ids of the same range, are <c>companies</c>; a note is an entity of its
/// own, such as <c>leads.note</c>, since it says nothing of what it stands on.
/// </param>
/// <param name="Id">Its id: a number, or a text for messages and incoming leads.</param>
internal readonly record struct EntityName(string Kind, string Id)
{
    /// <summary>The entity; null when the event names none.</summary>
    public static EntityName? Of(WebhookEvent e) => IdOf(e) is { Length: > 0 } id ? new EntityName(KindOf(e), id) : null;

    private static string KindOf(WebhookEvent e)
    {
        var kind = e is CompanyEvent ? "companies" : e.Entity;
        return e is INoteEvent ? kind + ".note" : kind;
    }

    private static string? IdOf(WebhookEvent e) => e switch
    {
        INoteEvent { Note: var note } => Text(note.Id),
        MessageEvent message => message.MessageId,
        IncomingLeadEvent lead => lead.Uid,
        _ => Text(e.EntityId),
    };

    private static string? Text(long? id) => id?.ToString(CultureInfo.InvariantCulture);
}
