using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A webhook subscription of the account (Kommo: Webhooks).</summary>
public sealed class WebhookSubscription : KommoObject
{
    /// <summary>The subscription's id; no route takes it.</summary>
    public long? Id { get; set; }

    /// <summary>Where hooks go. Kommo finds a subscription by exactly this text.</summary>
    public string? Destination { get; set; }

    /// <summary>The events that are sent, by the names of <see cref="Kommo.Webhooks.WebhookSettings"/>.</summary>
    public IReadOnlyList<string>? Settings { get; set; }

    /// <summary>
    /// Whether Kommo switched it off: more than 100 bad answers in two hours, the latest among them (Kommo: Webhooks, delivery).
    /// </summary>
    public bool? Disabled { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }

    /// <summary>The account's id.</summary>
    public long? AccountId { get; set; }

    /// <summary>The user who made it.</summary>
    public long? CreatedBy { get; set; }

    /// <summary>Its place in the list.</summary>
    public int? Sort { get; set; }
}
