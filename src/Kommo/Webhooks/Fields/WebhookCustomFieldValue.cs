using System.Globalization;

namespace Kommo.Webhooks;

/// <summary>One value of a custom field in a hook.</summary>
/// <param name="Value">
/// Its text. A checkbox is 1 or 0, a date unix seconds, a birthday may be a local text date; null where Kommo sends
/// something with fields of its own, which <see cref="WebhookEvent.Fields"/> holds.
/// </param>
/// <param name="Enum">The chosen option, as a rule its id.</param>
public sealed record WebhookCustomFieldValue(string? Value, string? Enum = null)
{
    /// <summary>The chosen option's code, where a body tells it; hooks of Kommo tell <see cref="Enum"/>.</summary>
    public string? EnumCode { get; init; }

    /// <summary>The chosen option's id; null when there is none or it is no number.</summary>
    public long? EnumId => long.TryParse(Enum, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>The value as a number, with a point: amounts of money are in the account's currency; null when it is none.</summary>
    public decimal? Number => decimal.TryParse(Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Whether the checkbox is ticked; null when the value is neither 1 nor 0.</summary>
    public bool? IsChecked => Value switch
    {
        "1" => true,
        "0" => false,
        _ => null,
    };

    /// <summary>
    /// The value as a time: from unix seconds, or from a local text when the parser was given the account's zone.
    /// </summary>
    public DateTimeOffset? Time => HookTime.TryRead(Value, TimeZone, out var time) ? time : null;

    /// <summary>
    /// The value as a date, from a text such as <c>12.01.1980</c>, or from unix seconds in the account's zone when the parser was given it.
    /// </summary>
    public DateOnly? Date => HookTime.TryReadDate(Value, out var date) ? date
        : TimeZone is not null && Time is { } time ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, TimeZone).DateTime)
        : null;

    internal TimeZoneInfo? TimeZone { get; init; }

    /// <summary>Whether both are the same value; how a text is read as a time is not part of it.</summary>
    public bool Equals(WebhookCustomFieldValue? other) =>
        other is not null && Value == other.Value && Enum == other.Enum && EnumCode == other.EnumCode;

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Value, Enum, EnumCode);
}
