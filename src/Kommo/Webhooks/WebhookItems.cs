namespace Kommo.Webhooks;

/// <summary>The items of a hook, found by their decoded names in the buffer.</summary>
internal sealed class WebhookItems(byte[] buffer) : IEqualityComparer<WebhookItems.Name>
{
    /// <summary>Up to here a look at each item is quicker than a hash; beyond it, only a hash keeps the work linear.</summary>
    private const int FewItems = 8;

    private readonly List<Item> _items = [];
    private Dictionary<Name, int>? _byName;

    /// <summary>The number of the item of this name, counted from 0 in the order of first appearance.</summary>
    public int Find(int start, int length, ReadOnlySpan<byte> entity, ReadOnlySpan<byte> action)
    {
        var name = new Name(start, length);
        var found = _byName is null ? FindAmongFew(name) : _byName.GetValueOrDefault(name, -1);
        if (found >= 0)
        {
            return found;
        }

        _items.Add(new Item(name, WebhookNames.Get(entity), WebhookNames.Get(action)));
        _byName?.Add(name, _items.Count - 1);
        if (_byName is null && _items.Count > FewItems)
        {
            _byName = new Dictionary<Name, int>(this);
            for (var i = 0; i < _items.Count; i++)
            {
                _byName.Add(_items[i].Name, i);
            }
        }

        return _items.Count - 1;
    }

    /// <summary>Gives each item its fields, in the body's order.</summary>
    public IReadOnlyList<WebhookEvent> ToEvents(byte[] body, FieldSpan[] spans, int count, bool isGrouped)
    {
        var ends = new int[_items.Count];
        foreach (var span in spans.AsSpan(0, count))
        {
            ends[span.Item]++;
        }

        for (var i = 1; i < ends.Length; i++)
        {
            ends[i] += ends[i - 1];
        }

        var ordered = isGrouped ? spans : Group(spans.AsSpan(0, count), ends);
        var events = new WebhookEvent[_items.Count];
        for (var i = 0; i < events.Length; i++)
        {
            var start = i == 0 ? 0 : ends[i - 1];
            var fields = new WebhookFields(body, new ArraySegment<FieldSpan>(ordered, start, ends[i] - start));
            events[i] = WebhookEventFactory.Create(_items[i].Entity, _items[i].Action, fields);
        }

        return events;
    }

    public bool Equals(Name x, Name y) => Bytes(x).SequenceEqual(Bytes(y));

    public int GetHashCode(Name obj)
    {
        var hash = default(HashCode);
        hash.AddBytes(Bytes(obj));
        return hash.ToHashCode();
    }

    private static FieldSpan[] Group(ReadOnlySpan<FieldSpan> spans, int[] ends)
    {
        var next = new int[ends.Length];
        ends.AsSpan(0, ends.Length - 1).CopyTo(next.AsSpan(1));
        var ordered = new FieldSpan[spans.Length];
        foreach (var span in spans)
        {
            ordered[next[span.Item]++] = span;
        }

        return ordered;
    }

    private int FindAmongFew(Name name)
    {
        for (var i = _items.Count - 1; i >= 0; i--)
        {
            if (Equals(_items[i].Name, name))
            {
                return i;
            }
        }

        return -1;
    }

    private ReadOnlySpan<byte> Bytes(Name name) => buffer.AsSpan(name.Start, name.Length);

    internal readonly record struct Name(int Start, int Length);

    private readonly record struct Item(Name Name, string Entity, string Action);
}
