using System.Globalization;
using System.Text;

namespace Kommo.Webhooks;

/// <summary>Reads <c>tags[n][id]</c> and <c>tags[n][name]</c>.</summary>
internal static class WebhookTags
{
    public static IReadOnlyList<Tag> Read(WebhookFields fields)
    {
        var order = new List<string>();
        var tags = new Dictionary<string, Tag>(StringComparer.Ordinal);
        foreach (var span in fields.Spans)
        {
            if (KeyPath.TryTakeSegment(span.Key(fields.Buffer), out var name, out var rest)
                && name.SequenceEqual("tags"u8)
                && KeyPath.TryTakeSegment(rest, out var index, out rest)
                && KeyPath.TryTakeSegment(rest, out var property, out rest)
                && rest.IsEmpty)
            {
                var key = Encoding.UTF8.GetString(index);
                if (!tags.TryGetValue(key, out var tag))
                {
                    order.Add(key);
                    tag = new Tag();
                }

                tags[key] = With(tag, property, Encoding.UTF8.GetString(span.Value(fields.Buffer)));
            }
        }

        return [.. order.Select(key => tags[key])];
    }

    private static Tag With(Tag tag, ReadOnlySpan<byte> property, string value)
    {
        if (property.SequenceEqual("id"u8))
        {
            return tag with { Id = long.TryParse(value, CultureInfo.InvariantCulture, out var id) ? id : null };
        }

        return property.SequenceEqual("name"u8) ? tag with { Name = value } : tag;
    }
}
