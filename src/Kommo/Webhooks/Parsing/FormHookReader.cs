namespace Kommo.Webhooks;

/// <summary>Reads a hook from a form, in one pass.</summary>
internal ref struct FormHookReader
{
    private readonly ReadOnlySpan<byte> _form;
    private HookBuilder _builder;

    // The previous pair's item: as a rule the next pair has the same, and its key is decoded only behind it.
    private ReadOnlySpan<byte> _rawItem;

    public FormHookReader(ReadOnlySpan<byte> form)
    {
        _form = form;
        _builder = new HookBuilder(form.Length, form.Count((byte)'&') + 1);
    }

    public Webhook Read(TimeZoneInfo? timeZone)
    {
        var rest = _form;
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)'&');
            var pair = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (!pair.IsEmpty)
            {
                ReadPair(pair);
            }
        }

        return _builder.Build(timeZone);
    }

    private void ReadPair(ReadOnlySpan<byte> pair)
    {
        var equals = pair.IndexOf((byte)'=');
        var key = equals < 0 ? pair : pair[..equals];
        var value = equals < 0 ? default : pair[(equals + 1)..];
        if (!_rawItem.IsEmpty && key.StartsWith(_rawItem))
        {
            _builder.TakeRest(FormText.Decode(key[_rawItem.Length..], _builder.Free));
        }
        else if (!TryReadKey(key, value))
        {
            return;
        }

        _builder.TakeValue(FormText.Decode(value, _builder.Free));
    }

    private bool TryReadKey(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var decoded = _builder.Free;
        var length = FormText.Decode(key, decoded);
        if (_builder.TryTakeKey(length, out var nameLength, out var isExact))
        {
            _rawItem = isExact ? RawPrefix(key, decoded[..length], nameLength) : default;
            return true;
        }

        var text = decoded[length..];
        _builder.TakeOther(decoded[..length], text[..FormText.Decode(value, text)]);
        return false;
    }

    /// <summary>The part of the raw key that the item's decoded name came from.</summary>
    private static ReadOnlySpan<byte> RawPrefix(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> decoded, int length)
    {
        if (raw.Length == decoded.Length)
        {
            return raw[..length];
        }

        var brackets = decoded[..length].Count((byte)']');
        var at = 0;
        while (brackets > 0)
        {
            var rest = raw[at..];
            var isEncoded = rest.StartsWith("%5D"u8) || rest.StartsWith("%5d"u8);
            brackets -= isEncoded || rest[0] == ']' ? 1 : 0;
            at += isEncoded ? 3 : 1;
        }

        return raw[..at];
    }
}
