using System.Text;

namespace Kommo.Webhooks;

/// <summary>
/// Reads <c>custom_fields[i][id|code|name|values...]</c> in one pass, whatever the order of its keys, with values as
/// <c>values[j][value]</c>, bare as <c>values[j]</c>, or without an index as <c>values[value]</c>.
/// </summary>
internal static class WebhookCustomFields
{
    public static IReadOnlyList<WebhookCustomField> Read(WebhookFields fields)
    {
        var found = new List<Field>();
        var byIndex = new Dictionary<string, Field>(StringComparer.Ordinal);
        foreach (var span in fields.Spans)
        {
            if (KeyPath.TryTakeSegment(span.Key(fields.Buffer), out var name, out var rest)
                && name.SequenceEqual("custom_fields"u8)
                && KeyPath.TryTakeSegment(rest, out var index, out rest)
                && KeyPath.TryTakeSegment(rest, out var property, out rest))
            {
                var key = Encoding.UTF8.GetString(index);
                if (!byIndex.TryGetValue(key, out var field))
                {
                    field = byIndex[key] = new Field();
                    found.Add(field);
                }

                field.Set(property, rest, Encoding.UTF8.GetString(span.Value(fields.Buffer)));
            }
        }

        return [.. found.Select(field => field.Build())];
    }

    private sealed class Field
    {
        private readonly List<Value> _values = [];
        private readonly Dictionary<string, Value> _byIndex = new(StringComparer.Ordinal);
        private long? _id;
        private string? _code;
        private string? _name;

        public void Set(ReadOnlySpan<byte> property, ReadOnlySpan<byte> rest, string text)
        {
            if (property.SequenceEqual("values"u8))
            {
                SetValue(rest, text);
            }
            else if (!rest.IsEmpty)
            {
                return;
            }
            else if (property.SequenceEqual("id"u8))
            {
                _id = long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var id) ? id : null;
            }
            else if (property.SequenceEqual("code"u8))
            {
                _code = text;
            }
            else if (property.SequenceEqual("name"u8))
            {
                _name = text;
            }
        }

        public WebhookCustomField Build() =>
            new(_id, _code, _name, [.. _values.Select(value => new WebhookCustomFieldValue(value.Text, value.Enum))]);

        private void SetValue(ReadOnlySpan<byte> rest, string text)
        {
            if (rest.IsEmpty)
            {
                // An empty scalar stands for "no values"; anything else is the one value.
                if (text.Length > 0)
                {
                    At("").Text = text;
                }
            }
            else if (KeyPath.TryTakeSegment(rest, out var first, out rest))
            {
                var hasIndex = !first.SequenceEqual("value"u8) && !first.SequenceEqual("enum"u8);
                var value = At(hasIndex ? Encoding.UTF8.GetString(first) : "");
                if (hasIndex && rest.IsEmpty)
                {
                    value.Text = text;
                }
                else if (!hasIndex || KeyPath.TryTakeSegment(rest, out first, out rest))
                {
                    value.Set(first, rest, text);
                }
            }
        }

        private Value At(string index)
        {
            if (!_byIndex.TryGetValue(index, out var value))
            {
                value = _byIndex[index] = new Value();
                _values.Add(value);
            }

            return value;
        }
    }

    private sealed class Value
    {
        public string? Text { get; set; }

        public string? Enum { get; private set; }

        public void Set(ReadOnlySpan<byte> property, ReadOnlySpan<byte> rest, string text)
        {
            if (rest.IsEmpty && property.SequenceEqual("value"u8))
            {
                Text = text;
            }
            else if (rest.IsEmpty && property.SequenceEqual("enum"u8))
            {
                Enum = text;
            }
        }
    }
}
