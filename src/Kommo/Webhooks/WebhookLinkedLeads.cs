using System.Globalization;

namespace Kommo.Webhooks;

/// <summary>Reads <c>linked_leads_id[7551167][ID]=7551167</c>, a map keyed by the lead's id.</summary>
internal static class WebhookLinkedLeads
{
    public static IReadOnlyList<long> Read(WebhookFields fields)
    {
        var ids = new List<long>();
        var seen = new HashSet<long>();
        foreach (var span in fields.Spans)
        {
            if (KeyPath.TryTakeSegment(span.Key(fields.Buffer), out var name, out var rest)
                && name.SequenceEqual("linked_leads_id"u8)
                && KeyPath.TryTakeSegment(rest, out var key, out _)
                && (TryRead(span.Value(fields.Buffer), out var id) || TryRead(key, out id))
                && seen.Add(id))
            {
                ids.Add(id);
            }
        }

        return ids;
    }

    private static bool TryRead(ReadOnlySpan<byte> text, out long id) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id);
}
