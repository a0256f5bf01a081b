using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kommo.Simulator.Api;

/// <summary>The ten note types that may be written and the parameters that each needs (Kommo: Events and notes).</summary>
internal static class NoteParams
{
    private static readonly Dictionary<string, string[]> Required = new()
    {
        ["common"] = ["text"],
        ["call_in"] = ["uniq", "duration", "source", "link", "phone"],
        ["call_out"] = ["uniq", "duration", "source", "link", "phone"],
        ["service_message"] = ["service", "text"],
        ["extended_service_message"] = ["service", "text"],
        ["message_cashier"] = ["status", "text"],
        ["geolocation"] = ["text", "address", "longitude", "latitude"],
        ["sms_in"] = ["text", "phone"],
        ["sms_out"] = ["text", "phone"],
        ["attachment"] = ["file_uuid", "file_name"],
    };

    public static JsonElement Read(ItemReader item, string? type, JsonElement before)
    {
        if (type is null || !Required.TryGetValue(type, out string[]? required))
        {
            if (type is not null)
            {
                item.NotAChoice("note_type");
            }

            return before;
        }

        if (item["params"] is not JsonObject parameters)
        {
            item.Missing("params");
            return before;
        }

        foreach (string name in required.Where(name => parameters[name] is null))
        {
            item.Missing($"params.{name}");
        }

        using var document = JsonDocument.Parse(parameters.ToJsonString());
        return document.RootElement.Clone();
    }
}
