using System.Text.Json;

namespace Kommo.Webhooks;

/// <summary>
/// Reads a hook from JSON: <c>{"leads":{"add":[{"id":1}]},"account_id":2,"timestamp":3}</c>. It means what the same structure means as a form,
/// <c>leads[add][0][id]=1</c>, and goes the same way from there. True and false are 1 and 0, null is an empty text.
/// </summary>
internal ref struct JsonHookReader
{
    /// <summary>Entity, action, index and one level more than documented stand before the field's own path.</summary>
    private const int MaxLevels = WebhookParser.MaxDepth + 4;

    private readonly ReadOnlySpan<byte> _json;
    private JsonPath _path = new(MaxLevels);
    private HookBuilder _builder;
    private bool _isMeasured;
    private int _count;
    private int _size;

    private JsonHookReader(ReadOnlySpan<byte> json) => _json = json;

    /// <summary>Whether a body is meant to be JSON.</summary>
    public static bool IsJson(ReadOnlySpan<byte> body) => body.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];

    public static Webhook Read(ReadOnlySpan<byte> json, TimeZoneInfo? timeZone)
    {
        // The first pass only measures, so that the second writes into memory of exactly the size that it needs.
        try
        {
            var reader = new JsonHookReader(json);
            reader.Walk();
            reader._builder = new HookBuilder(reader._size, reader._count);
            reader._isMeasured = true;
            reader.Walk();
            return reader._builder.Build(timeZone);
        }
        catch (JsonException)
        {
            throw new WebhookFormatException(WebhookFormatReason.NotFormEncoded);
        }
    }

    private void Walk()
    {
        var reader = new Utf8JsonReader(_json);
        _path.Clear();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    _path.Name(reader.ValueSpan, reader.ValueIsEscaped);
                    break;
                case JsonTokenType.StartObject:
                    _path.Begin(isArray: false);
                    break;
                case JsonTokenType.StartArray:
                    _path.Begin(isArray: true);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    _path.End();
                    break;
                default:
                    _path.Value();
                    ReadLeaf(ref reader);
                    break;
            }
        }
    }

    private void ReadLeaf(ref Utf8JsonReader reader)
    {
        if (_isMeasured)
        {
            Take(ref reader);
            return;
        }

        _count++;
        _size += _path.Text.Length + Math.Max(reader.ValueSpan.Length, 1);
        if (_size > WebhookParser.MaxJsonBytes)
        {
            throw new WebhookFormatException(WebhookFormatReason.TooLarge);
        }
    }

    private void Take(ref Utf8JsonReader reader)
    {
        var path = _path.Text;
        path.CopyTo(_builder.Free);
        if (_builder.TryTakeKey(path.Length, out _, out _))
        {
            _builder.TakeValue(WriteValue(ref reader, _builder.Free));
        }
        else
        {
            var value = _builder.Free[path.Length..];
            _builder.TakeOther(path, value[..WriteValue(ref reader, value)]);
        }
    }

    private static int WriteValue(ref Utf8JsonReader reader, Span<byte> target)
    {
        if (reader.ValueIsEscaped)
        {
            return JsonText.Unescape(reader.ValueSpan, target);
        }

        var value = reader.TokenType switch
        {
            JsonTokenType.True => "1"u8,
            JsonTokenType.False => "0"u8,
            JsonTokenType.Null => default,
            _ => reader.ValueSpan,
        };
        value.CopyTo(target);
        return value.Length;
    }
}
