using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Kommo;

/// <summary>Ways to make a value, one for each field type.</summary>
[SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "The alternates are called Of.")]
public sealed partial record CustomFieldValue
{
    /// <inheritdoc cref="Of(string)" />
    public static implicit operator CustomFieldValue(string text) => Of(text);

    /// <inheritdoc cref="Of(decimal)" />
    public static implicit operator CustomFieldValue(decimal number) => Of(number);

    /// <inheritdoc cref="Of(bool)" />
    public static implicit operator CustomFieldValue(bool isChecked) => Of(isChecked);

    /// <inheritdoc cref="Of(DateTimeOffset)" />
    public static implicit operator CustomFieldValue(DateTimeOffset time) => Of(time);

    /// <summary>A text, for fields of type text, textarea, url, streetaddress, tracking_data; or an option's name.</summary>
    public static CustomFieldValue Of(string text) =>
        new() { Value = JsonSerializer.SerializeToElement(text, WireJsonContext.Default.String) };

    /// <summary>A number, which Kommo takes as text, for fields of type numeric, price, monetary (in the account's currency).</summary>
    public static CustomFieldValue Of(decimal number) => Of(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>A checkbox's state.</summary>
    public static CustomFieldValue Of(bool isChecked) =>
        new() { Value = JsonSerializer.SerializeToElement(isChecked, WireJsonContext.Default.Boolean) };

    /// <summary>A time, for fields of type date, date_time, birthday; sent as unix seconds.</summary>
    public static CustomFieldValue Of(DateTimeOffset time) =>
        new() { Value = JsonSerializer.SerializeToElement(time.ToUnixTimeSeconds(), WireJsonContext.Default.Int64) };

    /// <summary>An object of a type that this library does not know.</summary>
    public static CustomFieldValue Of(JsonElement value) => new() { Value = value };

    /// <summary>A text with the code of its kind, for fields of type multitext.</summary>
    public static CustomFieldValue Of(string text, string enumCode) => Of(text) with { EnumCode = enumCode };

    /// <summary>An option, by its id, for fields of type select, multiselect, radiobutton, category.</summary>
    public static CustomFieldValue Option(long enumId) => new() { EnumId = enumId };

    /// <summary>An option, by its code, for fields of type select, multiselect, radiobutton, category.</summary>
    public static CustomFieldValue Option(string enumCode) => new() { EnumCode = enumCode };

    /// <summary>A telephone number, for the field <c>PHONE</c>.</summary>
    public static CustomFieldValue Phone(string number, PhoneKind kind = PhoneKind.Work) => Of(number, CodeOf(kind));

    /// <summary>An e-mail address, for the field <c>EMAIL</c>.</summary>
    public static CustomFieldValue Email(string address, EmailKind kind = EmailKind.Work) => Of(address, CodeOf(kind));

    /// <summary>A part of an address, for fields of type smart_address.</summary>
    public static CustomFieldValue AddressPart(AddressPart part, string text) => Of(text, part switch
    {
        Kommo.AddressPart.AddressLine1 => "address_line_1",
        Kommo.AddressPart.AddressLine2 => "address_line_2",
        _ => EnumNames<AddressPart>.Of(part),
    });

    /// <summary>An enterprise or a person, for fields of type legal_entity.</summary>
    public static CustomFieldValue Of(LegalEntityValue entity) => OfObject(entity);

    /// <summary>A line of an invoice, for fields of type items.</summary>
    public static CustomFieldValue Of(InvoiceItemValue item) => OfObject(item);

    /// <summary>A linked entity, for fields of type linked_entity.</summary>
    public static CustomFieldValue Of(LinkedEntityValue entity) => OfObject(entity);

    /// <summary>A file of Kommo's file storage, for fields of type file.</summary>
    public static CustomFieldValue Of(FileFieldValue file) => OfObject(file);

    /// <summary>Who pays or supplies, for fields of type payer and supplier of invoices.</summary>
    public static CustomFieldValue Of(PartyValue party) => OfObject(party);

    /// <summary>An element of a list, for fields of type chained_list; at most 5 make one value.</summary>
    public static CustomFieldValue ChainedElement(long catalogId, long elementId) =>
        new() { CatalogId = catalogId, CatalogElementId = elementId };

    private static CustomFieldValue OfObject<T>(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new() { Value = JsonSerializer.SerializeToElement(value, KommoJson.TypeOf<T>()) };
    }

    private static string CodeOf(PhoneKind kind) => kind switch
    {
        PhoneKind.Work => "WORK",
        PhoneKind.WorkDirect => "WORKDD",
        PhoneKind.Mobile => "MOB",
        PhoneKind.Fax => "FAX",
        PhoneKind.Home => "HOME",
        PhoneKind.Other => "OTHER",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static string CodeOf(EmailKind kind) => kind switch
    {
        EmailKind.Work => "WORK",
        EmailKind.Private => "PRIV",
        EmailKind.Other => "OTHER",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
