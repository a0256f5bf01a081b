using System.Collections;

namespace Kommo.Webhooks;

/// <summary>The events of a hook, each made when it is asked for.</summary>
internal sealed class EventList(HookTable table) : IReadOnlyList<WebhookEvent>
{
    public int Count => table.ItemCount;

    public WebhookEvent this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return table.Event(index);
        }
    }

    public IEnumerator<WebhookEvent> GetEnumerator()
    {
        for (var item = 0; item < Count; item++)
        {
            yield return table.Event(item);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
