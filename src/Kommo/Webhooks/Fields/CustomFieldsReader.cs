using System.Globalization;
using System.Text;

namespace Kommo.Webhooks;

/// <summary>
/// Reads <c>custom_fields[i][id|code|name|values...]</c> in one pass, whatever the order of its keys, with values as
/// <c>values[j][value]</c>, bare as <c>values[j]</c>, or without an index as <c>values[value]</c>. What API v4 calls these things
/// (<c>custom_fields_values[i][field_id]</c>...) is read as well: JSON bodies may have it.
/// </summary>
internal static class CustomFieldsReader
{
    public static IReadOnlyList<WebhookCustomField> Read(WebhookFields fields)
    {
        var numbers = default(NameTable);
        List<Field>? found = null;
        foreach (var span in fields.Spans)
        {
            if (KeyPath.TryTakeSegment(span.Key(fields.Buffer), out var name, out var rest)
                && (name.SequenceEqual("custom_fields"u8) || name.SequenceEqual("custom_fields_values"u8))
                && KeyPath.TryTakeSegment(rest, out var index, out rest)
                && KeyPath.TryTakeSegment(rest, out var property, out rest))
            {
                var number = numbers.FindOrAdd(fields.Buffer, span.Start + name.Length + 3, index.Length);
                found ??= [];
                if (number == found.Count)
                {
                    found.Add(new Field(fields));
                }

                found[number].Set(property, rest, span);
            }
        }

        if (found is null)
        {
            return [];
        }

        var built = new WebhookCustomField[found.Count];
        for (var i = 0; i < built.Length; i++)
        {
            built[i] = found[i].Build();
        }

        return built;
    }

    private sealed class Field(WebhookFields fields)
    {
        private List<WebhookCustomFieldValue>? _values;
        private NameTable _numbers;
        private long? _id;
        private string? _code;
        private string? _name;

        public void Set(ReadOnlySpan<byte> property, ReadOnlySpan<byte> rest, FieldSpan span)
        {
            if (property.SequenceEqual("values"u8))
            {
                SetValue(rest, span);
                return;
            }

            property = property.StartsWith("field_"u8) ? property["field_".Length..] : property;
            if (!rest.IsEmpty)
            {
                return;
            }

            var value = span.Value(fields.Buffer);
            if (property.SequenceEqual("id"u8))
            {
                _id = long.TryParse(value, CultureInfo.InvariantCulture, out var id) ? id : null;
            }
            else if (property.SequenceEqual("code"u8))
            {
                _code = Encoding.UTF8.GetString(value);
            }
            else if (property.SequenceEqual("name"u8))
            {
                _name = Encoding.UTF8.GetString(value);
            }
        }

        public WebhookCustomField Build() => new(_id, _code, _name, _values ?? (IReadOnlyList<WebhookCustomFieldValue>)[]);

        private void SetValue(ReadOnlySpan<byte> rest, FieldSpan span)
        {
            var text = span.Value(fields.Buffer);
            if (rest.IsEmpty)
            {
                // An empty scalar stands for "no values"; anything else is the one value.
                if (text.Length > 0)
                {
                    SetText(At(span.Start, 0), text);
                }
            }
            else if (KeyPath.TryTakeSegment(rest, out var first, out var below))
            {
                var hasIndex = !IsProperty(first);
                var at = span.Start + span.KeyLength - rest.Length + 1;
                var number = At(at, hasIndex ? first.Length : 0);
                if (hasIndex && below.IsEmpty)
                {
                    SetText(number, text);
                }
                else if (!hasIndex || KeyPath.TryTakeSegment(below, out first, out below))
                {
                    SetProperty(number, first, below, text);
                }
            }
        }

        private static bool IsProperty(ReadOnlySpan<byte> name) =>
            name.SequenceEqual("value"u8) || name.SequenceEqual("enum"u8) || name.SequenceEqual("enum_id"u8) || name.SequenceEqual("enum_code"u8);

        private void SetProperty(int number, ReadOnlySpan<byte> property, ReadOnlySpan<byte> below, ReadOnlySpan<byte> text)
        {
            if (!below.IsEmpty)
            {
                return;
            }

            if (property.SequenceEqual("value"u8))
            {
                SetText(number, text);
            }
            else if (property.SequenceEqual("enum"u8) || property.SequenceEqual("enum_id"u8))
            {
                _values![number] = _values[number] with { Enum = Encoding.UTF8.GetString(text) };
            }
            else if (property.SequenceEqual("enum_code"u8))
            {
                _values![number] = _values[number] with { EnumCode = Encoding.UTF8.GetString(text) };
            }
        }

        private void SetText(int number, ReadOnlySpan<byte> text) =>
            _values![number] = _values[number] with { Value = Encoding.UTF8.GetString(text) };

        private int At(int start, int length)
        {
            var number = _numbers.FindOrAdd(fields.Buffer, start, length);
            _values ??= new List<WebhookCustomFieldValue>(1);
            if (number == _values.Count)
            {
                _values.Add(new WebhookCustomFieldValue(null) { TimeZone = fields.TimeZone });
            }

            return number;
        }
    }
}
