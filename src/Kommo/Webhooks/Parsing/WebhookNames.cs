using System.Text;

namespace Kommo.Webhooks;

/// <summary>The entities and actions that Kommo sends, so that no hook makes their names again.</summary>
internal static class WebhookNames
{
    private static readonly string[] Known =
    [
        "leads", "contacts", "companies", "customers", "task", "unsorted", "talk", "message", "outgoing_message", "catalogs",
        "add", "update", "delete", "restore", "status", "responsible", "note",
        "call_in", "chat", "mail_in", "site_visit", "period", "tasks", "notes", "complete",
    ];

    private static readonly byte[][] KnownUtf8 = [.. Known.Select(Encoding.UTF8.GetBytes)];

    public static string Get(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
        {
            return "";
        }

        for (var i = 0; i < KnownUtf8.Length; i++)
        {
            if (name.SequenceEqual(KnownUtf8[i]))
            {
                return Known[i];
            }
        }

        return Encoding.UTF8.GetString(name);
    }
}
