using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Entities;

namespace Kommo.Simulator.Hooks;

/// <summary>Bodies of the hooks on added notes: <c>leads[note][0][note][...]</c> (Kommo: Webhooks).</summary>
internal static class NoteHooks
{
    public static void Write(FormBody body, SimulatedNote note, Actor actor, KommoSimulatorOptions options)
    {
        FormNode item = body.At(note.EntityKind.HookKey()).At("note").At(0);
        FormNode fields = item.At("note")
            .Add("text", note.NoteType == "common" ? note.Text ?? "" : note.Params.GetRawText())
            .Add("attachement", note.NoteType == "attachment" ? FileName(note) : "")
            .Add("date_create", HookDates.Local(note.CreatedAt, options))
            .Add("note_type", TypeNumber(note.NoteType))
            .Add("element_type", note.EntityKind.HookNumber())
            .Add("element_id", note.EntityId)
            .Add("catalog_id", 0)
            .Add("group_id", 0)
            .Add("timestamp_x", HookDates.Local(note.UpdatedAt, options))
            .Add("account_id", options.AccountId)
            .Add("metadata", Metadata(note, actor))
            .Add("created_by", note.CreatedBy)
            .Add("modified_by", actor.HookUserId)
            .Add("main_user_id", note.ResponsibleUserId)
            .Add("id", note.Id);
        fields.Add("created_at", note.CreatedAt).Add("updated_at", note.UpdatedAt);
        if (note.EntityKind is EntityKind.Contact or EntityKind.Company)
        {
            item.Add("type", note.EntityKind.Singular());
        }
    }

    private static string Metadata(SimulatedNote note, Actor actor) => new JsonObject
    {
        ["event_source"] = new JsonObject
        {
            ["id"] = note.CreatedBy,
            ["author_name"] = AccountCatalog.FindUser(note.CreatedBy)?.Name ?? "",
            ["type"] = actor.ThroughApi ? 2 : 1,
        },
    }.ToJsonString();

    private static string FileName(SimulatedNote note) =>
        note.Params.TryGetProperty("file_name", out JsonElement name) ? name.ToString() : "";

    private static string TypeNumber(string type) => (type switch
    {
        "common" => 4,
        "attachment" => 5,
        "call_in" => 10,
        "call_out" => 11,
        "message_cashier" => 17,
        "geolocation" => 22,
        "service_message" => 25,
        "extended_service_message" => 26,
        "sms_in" => 102,
        _ => 103,
    }).ToString(CultureInfo.InvariantCulture);
}
