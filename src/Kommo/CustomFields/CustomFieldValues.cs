using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A custom field with its values. To write one, name the field by id or by code.</summary>
public sealed record CustomFieldValues
{
    /// <summary>The field's id.</summary>
    public long? FieldId { get; set; }

    /// <summary>The field's name; only read.</summary>
    public string? FieldName { get; set; }

    /// <summary>The field's code, such as <c>PHONE</c>.</summary>
    public string? FieldCode { get; set; }

    /// <summary>The field's type, such as <c>multitext</c>; only read.</summary>
    public string? FieldType { get; set; }

    /// <summary>The values. Null is sent as null, which clears the field.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<CustomFieldValue>? Values { get; set; }

    /// <summary>Everything else that Kommo sent.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? AdditionalFields { get; set; }

    /// <summary>The first value's text; null when there is none.</summary>
    [JsonIgnore]
    public string? Text => Values is [{ } first, ..] ? first.Text : null;

    /// <summary>Values for the field of this id.</summary>
    public static CustomFieldValues For(long fieldId, params IReadOnlyList<CustomFieldValue> values) =>
        new() { FieldId = fieldId, Values = values };

    /// <summary>Values for the field of this code, such as <c>PHONE</c> or <c>EMAIL</c>.</summary>
    public static CustomFieldValues For(string fieldCode, params IReadOnlyList<CustomFieldValue> values) =>
        new() { FieldCode = fieldCode, Values = values };

    /// <summary>A telephone number, in the field <c>PHONE</c>.</summary>
    public static CustomFieldValues Phone(string number, PhoneKind kind = PhoneKind.Work) => For("PHONE", CustomFieldValue.Phone(number, kind));

    /// <summary>An e-mail address, in the field <c>EMAIL</c>.</summary>
    public static CustomFieldValues Email(string address, EmailKind kind = EmailKind.Work) => For("EMAIL", CustomFieldValue.Email(address, kind));

    /// <summary>Takes every value from the field of this code.</summary>
    public static CustomFieldValues Clear(string fieldCode) => new() { FieldCode = fieldCode };

    /// <summary>Takes every value from the field of this id.</summary>
    public static CustomFieldValues Clear(long fieldId) => new() { FieldId = fieldId };
}
