namespace Kommo.Webhooks;

/// <summary>An event that this library has no type for. It is kept whole: <see cref="WebhookEvent.Fields"/> has everything.</summary>
public sealed class UnknownEvent : WebhookEvent
{
    internal UnknownEvent(EventSource source)
        : base(source)
    {
    }
}
