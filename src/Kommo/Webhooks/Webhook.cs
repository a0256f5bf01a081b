namespace Kommo.Webhooks;

/// <summary>One hook: what one request of Kommo told. It can hold several entities, actions and items.</summary>
public sealed class Webhook
{
    internal Webhook(WebhookAccount account, IReadOnlyList<WebhookEvent> events)
    {
        Account = account;
        Events = events;
    }

    /// <summary>The account that it names.</summary>
    public WebhookAccount Account { get; }

    /// <summary>Everything that happened, in the body's order; at least one.</summary>
    public IReadOnlyList<WebhookEvent> Events { get; }
}
