using Kommo.Simulator.Accounts;
using Kommo.Simulator.Entities;

namespace Kommo.Simulator.Events;

/// <summary>Tells the event log of an added note, under the name that its type has there (Kommo: Events, types).</summary>
internal static class NoteEvents
{
    public static void Tell(AccountStore store, SimulatedNote note, Actor actor) => store.Events.Add(
        note.NoteType switch
        {
            "attachment" => "attachment_note_added",
            "call_in" => "incoming_call",
            "call_out" => "outgoing_call",
            "sms_in" => "incoming_sms",
            "sms_out" => "outgoing_sms",
            "geolocation" => "geo_note_added",
            "message_cashier" => "message_to_cashier_note_added",
            "service_message" or "extended_service_message" => "service_note_added",
            _ => "common_note_added",
        },
        note.EntityKind.Singular(),
        note.EntityId,
        actor,
        after: EntityEvents.Value("note", "id", note.Id));
}
