namespace Kommo.Webhooks;

/// <summary>One hook: what one request of Kommo told. It can hold several entities, actions and items.</summary>
public sealed class Webhook
{
    internal Webhook(WebhookAccount account, DateTimeOffset? sentAt, IReadOnlyList<WebhookEvent> events)
    {
        Account = account;
        SentAt = sentAt;
        Events = events;
    }

    /// <summary>The account that it names.</summary>
    public WebhookAccount Account { get; }

    /// <summary>When it was sent, where the body tells: the JSON shape does, Kommo's forms do not.</summary>
    public DateTimeOffset? SentAt { get; }

    /// <summary>
    /// Everything that happened, in the body's order; at least one. Each is made when it is read from here, and again when it is read again,
    /// so that a body of very many costs little memory.
    /// </summary>
    public IReadOnlyList<WebhookEvent> Events { get; }
}
