using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>
/// One value of a custom field (Kommo: Custom fields, value shapes). There is a way to make one for each of Kommo's field types; texts,
/// numbers, true and false, and times convert by themselves.
/// </summary>
public sealed partial record CustomFieldValue
{
    /// <summary>The value as Kommo holds it: a text, a number, true or false, an object; dates are unix seconds.</summary>
    public JsonElement? Value { get; set; }

    /// <summary>The chosen option's id.</summary>
    public long? EnumId { get; set; }

    /// <summary>The chosen option's code, such as <c>WORK</c> for a telephone number.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? EnumCode { get; set; }

    /// <summary>In a chained list, the list.</summary>
    public long? CatalogId { get; set; }

    /// <summary>In a chained list, the list's element.</summary>
    public long? CatalogElementId { get; set; }

    /// <summary>Everything else that Kommo sent.</summary>
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

    /// <summary>The value as a checkbox's state; null when it is none.</summary>
    [JsonIgnore]
    public bool? IsChecked => Text switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => null,
    };

    /// <summary>The value as a time (fields of type date, date_time, birthday): unix seconds or RFC 3339; else null.</summary>
    [JsonIgnore]
    public DateTimeOffset? Time => UnixSeconds.TryParse(Text, out var time) ? time
        : Value is { ValueKind: JsonValueKind.String } text && text.TryGetDateTimeOffset(out time) ? time
        : null;

    /// <summary>The value as an object of its field's type, such as <see cref="LegalEntityValue"/>; null when it is none.</summary>
    /// <typeparam name="T">
    /// <see cref="LegalEntityValue"/>, <see cref="InvoiceItemValue"/>, <see cref="LinkedEntityValue"/>, <see cref="FileFieldValue"/> or
    /// <see cref="PartyValue"/>.
    /// </typeparam>
    public T? Read<T>()
        where T : CustomFieldObject
    {
        try
        {
            return Value is { ValueKind: JsonValueKind.Object } value ? value.Deserialize(KommoJson.TypeOf<T>()) : null;
        }
        catch (JsonException)
        {
            return null; // an object of another field type
        }
    }
}
