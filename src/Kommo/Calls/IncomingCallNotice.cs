using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>What Kommo showed for an incoming call (Kommo: Telephony, call notification).</summary>
public sealed class IncomingCallNotice : KommoObject
{
    /// <summary>The notification's id.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? Uid { get; set; }

    /// <summary>The number.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? PhoneNumber { get; set; }

    /// <summary>The entity that was found by the number; null or 0 when there is none.</summary>
    public long? ElementId { get; set; }

    /// <summary>That entity's kind, as a number of old: 1 contact, 2 lead, 3 company, 12 customer.</summary>
    public int? ElementType { get; set; }
}
