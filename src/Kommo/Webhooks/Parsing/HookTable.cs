namespace Kommo.Webhooks;

/// <summary>
/// A hook that was read: all texts in one buffer, fields and items as offsets into it. Events are made from it when asked for, so that a body
/// of a hundred thousand items costs no more memory than one of a single item.
/// </summary>
internal sealed class HookTable(byte[] buffer, FieldSpan[] fields, NameTable.Entry[] items, int itemCount, TimeZoneInfo? timeZone)
{
    /// <summary>The keys behind the items' names, and the values.</summary>
    public byte[] Buffer => buffer;

    /// <summary>The fields, those of one item next to each other.</summary>
    public FieldSpan[] Fields => fields;

    /// <summary>How many items there are.</summary>
    public int ItemCount => itemCount;

    /// <summary>The zone of times told as local text; null when it is not known.</summary>
    public TimeZoneInfo? TimeZone => timeZone;

    /// <summary>The event that an item is.</summary>
    public WebhookEvent Event(int item)
    {
        var name = items[item];
        var start = item == 0 ? 0 : items[item - 1].Value;
        ReadOnlySpan<byte> action = buffer.AsSpan(name.Start, name.Length);
        ReadOnlySpan<byte> entity = default;
        if (action.Contains((byte)'['))
        {
            ItemName.TrySplit(action, out entity, out action, out _, out _);
        }

        return WebhookEventFactory.Create(
            new EventSource(WebhookNames.Get(entity), WebhookNames.Get(action), new WebhookFields(this, start, name.Value - start)));
    }
}
