using System.Globalization;

namespace Kommo.Webhooks;

/// <summary>
/// Reads ids however Kommo lists them: a map keyed by the id (<c>linked_leads_id[7551167][ID]=7551167</c>), a list
/// (<c>accept_result[leads][0]=7551167</c>), a list of things with an id (<c>data[leads][0][id]=7551167</c>).
/// </summary>
internal static class IdsReader
{
    /// <summary>The ids below a key such as <c>[linked_leads_id]</c>, each once, in the body's order.</summary>
    /// <param name="fields">The item's fields.</param>
    /// <param name="key">The key of the list.</param>
    /// <param name="isMap">Whether the list's own keys are ids, too.</param>
    public static IReadOnlyList<long> Read(WebhookFields fields, ReadOnlySpan<byte> key, bool isMap = false)
    {
        List<long>? ids = null;
        HashSet<long>? seen = null;
        foreach (var span in fields.Spans)
        {
            var own = span.Key(fields.Buffer);
            if (own.StartsWith(key)
                && KeyPath.TryTakeSegment(own[key.Length..], out var index, out var rest)
                && (isMap || rest.IsEmpty || rest.SequenceEqual("[id]"u8) || rest.SequenceEqual("[ID]"u8))
                && (TryRead(span.Value(fields.Buffer), out var id) || (isMap && TryRead(index, out id)))
                && (seen ??= []).Add(id))
            {
                (ids ??= []).Add(id);
            }
        }

        return ids ?? (IReadOnlyList<long>)[];
    }

    private static bool TryRead(ReadOnlySpan<byte> text, out long id) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id);
}
