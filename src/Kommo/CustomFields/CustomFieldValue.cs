using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>One value of a custom field (Kommo: Custom fields, value shapes).</summary>
public sealed record CustomFieldValue
{
    /// <summary>The value as Kommo holds it: a text, a number, true or false, an object; dates are unix seconds.</summary>
    public JsonElement? Value { get; init; }

    /// <summary>The chosen option's id.</summary>
    public long? EnumId { get; init; }

    /// <summary>The chosen option's code, such as <c>WORK</c> for a telephone number.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? EnumCode { get; init; }

    /// <summary>Everything else, such as a chained list's <c>catalog_id</c> and <c>catalog_element_id</c>.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? AdditionalFields { get; set; }

    /// <summary>The value as text; null when there is none. A number or an object is given as its JSON.</summary>
    [JsonIgnore]
    public string? Text => Value switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { } other => other.GetRawText(),
    };

    /// <summary>The value as a number; null when it is none.</summary>
    [JsonIgnore]
    public decimal? Number =>
        decimal.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The value as a time, when it is unix seconds (fields of type date, date_time, birthday); else null.</summary>
    [JsonIgnore]
    public DateTimeOffset? Time => UnixSeconds.TryParse(Text, out var time) ? time : null;

    /// <summary>A text, for fields of type text, textarea, url, streetaddress, tracking_data.</summary>
    public static CustomFieldValue Of(string text) =>
        new() { Value = JsonSerializer.SerializeToElement(text, WireJsonContext.Default.String) };

    /// <summary>A number, which Kommo takes as text, for fields of type numeric, price, monetary.</summary>
    public static CustomFieldValue Of(decimal number) => Of(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>A checkbox's state.</summary>
    public static CustomFieldValue Of(bool isChecked) =>
        new() { Value = JsonSerializer.SerializeToElement(isChecked, WireJsonContext.Default.Boolean) };

    /// <summary>A time, for fields of type date, date_time, birthday; sent as unix seconds.</summary>
    public static CustomFieldValue Of(DateTimeOffset time) =>
        new() { Value = JsonSerializer.SerializeToElement(time.ToUnixTimeSeconds(), WireJsonContext.Default.Int64) };

    /// <summary>An object, for fields of type legal_entity, items, linked_entity, file, payer, supplier.</summary>
    public static CustomFieldValue Of(JsonElement value) => new() { Value = value };

    /// <summary>An option, by its id, for fields of type select, multiselect, radiobutton, category.</summary>
    public static CustomFieldValue Option(long enumId) => new() { EnumId = enumId };

    /// <summary>A text with the code of its kind: telephone WORK, WORKDD, MOB, FAX, HOME, OTHER; e-mail WORK, PRIV, OTHER.</summary>
    public static CustomFieldValue Of(string text, string enumCode) => Of(text) with { EnumCode = enumCode };
}
