using System.Globalization;
using System.Text;

namespace Kommo.Webhooks;

/// <summary>
/// Takes a hook's decoded keys and values one after the other and makes the table of them. The reader writes each text to the front of
/// <see cref="Free"/> and then says how long it is.
/// </summary>
internal ref struct HookBuilder
{
    /// <summary>Longer texts name no account; they are not made into strings.</summary>
    private const int LongestAccountText = 2048;

    private readonly byte[] _buffer;
    private readonly FieldSpan[] _fields;
    private NameTable _items;
    private int _written;
    private int _keyLength;
    private int _count;
    private int _item;
    private bool _isGrouped = true;
    private long? _accountId;
    private string? _subdomain;
    private string? _self;
    private DateTimeOffset? _sentAt;

    /// <param name="capacity">The most bytes that all keys and values have together.</param>
    /// <param name="fields">The most fields that there are, those beyond the limit aside.</param>
    public HookBuilder(int capacity, int fields)
    {
        _buffer = GC.AllocateUninitializedArray<byte>(capacity);
        _fields = new FieldSpan[Math.Min(fields, WebhookParser.MaxKeys)];
    }

    /// <summary>Where the next text goes.</summary>
    public readonly Span<byte> Free => _buffer.AsSpan(_written);

    /// <summary>Takes the key at the front of <see cref="Free"/>. False when it belongs to no item.</summary>
    /// <param name="keyLength">The key's length.</param>
    /// <param name="nameLength">How much of it names the item.</param>
    /// <param name="isExact">Whether every key that begins with this name is of this item: see <see cref="TakeRest"/>.</param>
    public bool TryTakeKey(int keyLength, out int nameLength, out bool isExact)
    {
        var key = _buffer.AsSpan(_written, keyLength);
        if (key.StartsWith("account["u8) || !ItemName.TrySplit(key, out _, out _, out nameLength, out isExact))
        {
            nameLength = 0;
            isExact = false;
            return false;
        }

        _item = _items.FindOrAdd(_buffer, _written, nameLength);
        _written += nameLength;
        TakeRest(keyLength - nameLength);
        return true;
    }

    /// <summary>Takes what stands at the front of <see cref="Free"/> as the rest of a key of the same item as before.</summary>
    public void TakeRest(int length)
    {
        if (_count == WebhookParser.MaxKeys)
        {
            throw new WebhookFormatException(WebhookFormatReason.TooManyKeys);
        }

        if (_buffer.AsSpan(_written, length).Count((byte)'[') > WebhookParser.MaxDepth)
        {
            throw new WebhookFormatException(WebhookFormatReason.TooDeep);
        }

        _keyLength = length;
        _written += length;
    }

    /// <summary>Takes the value of the key before.</summary>
    public void TakeValue(int length)
    {
        _isGrouped &= _count == 0 || _item >= _fields[_count - 1].Item;
        _fields[_count++] = new FieldSpan(_written - _keyLength, _keyLength, length, _item);
        _written += length;
    }

    /// <summary>Takes a pair that belongs to no item: the account, or the time of a JSON body. Others say nothing about an event.</summary>
    public void TakeOther(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (value.Length > LongestAccountText)
        {
            return;
        }

        if (key.SequenceEqual("account[id]"u8) || (_accountId is null && key.SequenceEqual("account_id"u8)))
        {
            _accountId = long.TryParse(value, CultureInfo.InvariantCulture, out var id) ? id : null;
        }
        else if (key.SequenceEqual("account[subdomain]"u8) || (_subdomain is null && key.SequenceEqual("subdomain"u8)))
        {
            _subdomain = Encoding.UTF8.GetString(value);
        }
        else if (key.SequenceEqual("account[_links][self]"u8))
        {
            _self = Encoding.UTF8.GetString(value);
        }
        else if (key.SequenceEqual("timestamp"u8))
        {
            _sentAt = HookTime.TryRead(value, null, out var time) ? time : null;
        }
    }

    /// <summary>The hook of all that was taken.</summary>
    /// <exception cref="WebhookFormatException">It holds no event.</exception>
    public Webhook Build(TimeZoneInfo? timeZone)
    {
        if (_count == 0)
        {
            throw new WebhookFormatException(WebhookFormatReason.NoEvent);
        }

        var account = new WebhookAccount(_accountId, _subdomain, Uri.TryCreate(_self, UriKind.Absolute, out var self) ? self : null);
        return new Webhook(account, _sentAt, new EventList(new HookTable(_buffer, Group(), _items.ToArray(), _items.Count, timeZone)));
    }

    /// <summary>Puts the fields of each item next to each other, in the body's order, and notes with each item where they end.</summary>
    private readonly FieldSpan[] Group()
    {
        var items = _items.Entries;
        var fields = _fields.AsSpan(0, _count);
        foreach (var field in fields)
        {
            items[field.Item].Value++;
        }

        // Each item's count becomes the place where its fields begin; placing them moves it to their end.
        var start = 0;
        foreach (ref var item in items)
        {
            (item.Value, start) = (start, start + item.Value);
        }

        var ordered = _isGrouped ? _fields : new FieldSpan[_count];
        foreach (var field in fields)
        {
            ordered[items[field.Item].Value++] = field;
        }

        return ordered;
    }
}
