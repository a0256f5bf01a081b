using System.Text;

namespace Kommo.Webhooks;

/// <summary>One pass over a hook's body: decodes into one buffer and notes where each field lies and which item it belongs to.</summary>
internal ref struct WebhookReader
{
    private readonly ReadOnlySpan<byte> _form;
    private readonly byte[] _buffer;
    private readonly FieldSpan[] _spans;
    private readonly WebhookItems _items;
    private int _written;
    private int _count;
    private bool _isGrouped = true;
    private string? _accountId;
    private string? _subdomain;
    private string? _self;

    // The previous pair's item: as a rule the next pair has the same, and its key is decoded only behind it.
    private ReadOnlySpan<byte> _rawItem;
    private int _item = -1;

    public WebhookReader(ReadOnlySpan<byte> form)
    {
        _form = form;
        _buffer = GC.AllocateUninitializedArray<byte>(form.Length);
        _spans = new FieldSpan[Math.Min(form.Count((byte)'&') + 1, WebhookParser.MaxKeys)];
        _items = new WebhookItems(_buffer);
    }

    public Webhook Read()
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

        return _count > 0
            ? new Webhook(Account(), _items.ToEvents(_buffer, _spans, _count, _isGrouped))
            : throw new WebhookFormatException(WebhookFormatReason.NoEvent);
    }

    private void ReadPair(ReadOnlySpan<byte> pair)
    {
        var equals = pair.IndexOf((byte)'=');
        var key = equals < 0 ? pair : pair[..equals];
        var value = equals < 0 ? default : pair[(equals + 1)..];
        if (!_rawItem.IsEmpty && key.StartsWith(_rawItem))
        {
            var start = _written;
            Add(start, Decode(key[_rawItem.Length..]).Length, value, _item);
        }
        else
        {
            ReadKey(key, value);
        }
    }

    private void ReadKey(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var start = _written;
        var decoded = Decode(key);
        if (decoded.StartsWith("account["u8))
        {
            ReadAccount(decoded, value);
            _written = start;
            return;
        }

        if (!WebhookItem.TrySplit(decoded, out var entity, out var action, out var length, out var isExact))
        {
            _written = start;
            return;
        }

        _item = _items.Find(start, length, entity, action);
        _rawItem = isExact ? RawPrefix(key, decoded, length) : default;
        Add(start + length, decoded.Length - length, value, _item);
    }

    private void ReadAccount(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var name = key["account"u8.Length..];
        if (name.SequenceEqual("[id]"u8))
        {
            _accountId = Encoding.UTF8.GetString(Decode(value));
        }
        else if (name.SequenceEqual("[subdomain]"u8))
        {
            _subdomain = Encoding.UTF8.GetString(Decode(value));
        }
        else if (name.SequenceEqual("[_links][self]"u8))
        {
            _self = Encoding.UTF8.GetString(Decode(value));
        }
    }

    private readonly WebhookAccount Account() => new(
        long.TryParse(_accountId, System.Globalization.CultureInfo.InvariantCulture, out var id) ? id : null,
        _subdomain,
        Uri.TryCreate(_self, UriKind.Absolute, out var self) ? self : null);

    private void Add(int start, int keyLength, ReadOnlySpan<byte> value, int item)
    {
        if (_count == WebhookParser.MaxKeys)
        {
            throw new WebhookFormatException(WebhookFormatReason.TooManyKeys);
        }

        if (_buffer.AsSpan(start, keyLength).Count((byte)'[') > WebhookParser.MaxDepth)
        {
            throw new WebhookFormatException(WebhookFormatReason.TooDeep);
        }

        var decoded = Decode(value);
        _isGrouped &= _count == 0 || item >= _spans[_count - 1].Item;
        _spans[_count++] = new FieldSpan(start, keyLength, decoded.Length, item);
    }

    private ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> text)
    {
        var length = FormText.Decode(text, _buffer.AsSpan(_written));
        _written += length;
        return _buffer.AsSpan(_written - length, length);
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
