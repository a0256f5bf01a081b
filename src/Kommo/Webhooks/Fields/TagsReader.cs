using System.Globalization;
using System.Text;

namespace Kommo.Webhooks;

/// <summary>Reads <c>tags[n][id]</c> and <c>tags[n][name]</c>.</summary>
internal static class TagsReader
{
    public static IReadOnlyList<Tag> Read(WebhookFields fields)
    {
        var numbers = default(NameTable);
        List<Tag>? tags = null;
        foreach (var span in fields.Spans)
        {
            if (KeyPath.TryTakeSegment(span.Key(fields.Buffer), out var name, out var rest)
                && name.SequenceEqual("tags"u8)
                && KeyPath.TryTakeSegment(rest, out var index, out rest)
                && KeyPath.TryTakeSegment(rest, out var property, out rest)
                && rest.IsEmpty)
            {
                var number = numbers.FindOrAdd(fields.Buffer, span.Start + name.Length + 3, index.Length);
                tags ??= [];
                if (number == tags.Count)
                {
                    tags.Add(new Tag());
                }

                tags[number] = With(tags[number], property, span.Value(fields.Buffer));
            }
        }

        return tags ?? (IReadOnlyList<Tag>)[];
    }

    private static Tag With(Tag tag, ReadOnlySpan<byte> property, ReadOnlySpan<byte> value)
    {
        if (property.SequenceEqual("id"u8))
        {
            return tag with { Id = long.TryParse(value, CultureInfo.InvariantCulture, out var id) ? id : null };
        }

        return property.SequenceEqual("name"u8) ? tag with { Name = Encoding.UTF8.GetString(value) } : tag;
    }
}
