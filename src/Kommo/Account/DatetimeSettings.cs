using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>How the account writes dates and times, and its time zone.</summary>
public sealed class DatetimeSettings : KommoObject
{
    /// <summary>The pattern of date and time.</summary>
    public string? DatePattern { get; set; }

    /// <summary>The date's format. Kommo spells the field <c>date_formant</c>.</summary>
    [JsonPropertyName("date_formant")]
    public string? DateFormat { get; set; }

    /// <summary>The time's format.</summary>
    public string? TimeFormat { get; set; }

    /// <summary>The time zone's IANA name, such as <c>America/New_York</c>.</summary>
    public string? Timezone { get; set; }

    /// <summary>The time zone's offset, such as <c>-04:00</c>.</summary>
    public string? TimezoneOffset { get; set; }
}
