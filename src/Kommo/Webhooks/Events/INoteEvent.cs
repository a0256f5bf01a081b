namespace Kommo.Webhooks;

/// <summary>A note was written on a lead, a contact, a company or a customer.</summary>
public interface INoteEvent
{
    /// <summary>The note.</summary>
    WebhookNote Note { get; }
}
