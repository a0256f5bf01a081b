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
    /// <summary>The chosen option's id; null when there is none or it is no number.</summary>
    public long? EnumId => long.TryParse(Enum, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>The value as a time, when it is unix seconds.</summary>
    public DateTimeOffset? Time => UnixSeconds.TryParse(Value, out var time) ? time : null;
}
