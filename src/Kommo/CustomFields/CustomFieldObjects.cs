using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>An object that is the value of a custom field. Fields that this library has no name for are kept.</summary>
public abstract record CustomFieldObject
{
    private protected CustomFieldObject()
    {
    }

    /// <summary>Everything else.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? AdditionalFields { get; set; }
}

/// <summary>An enterprise or a person (Kommo: Custom fields, legal_entity).</summary>
public sealed record LegalEntityValue : CustomFieldObject
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>1 for a person, 2 for an enterprise.</summary>
    public int? EntityType { get; init; }

    /// <summary>The address.</summary>
    public string? Address { get; init; }

    /// <summary>The actual address, where it differs.</summary>
    public string? RealAddress { get; init; }

    /// <summary>The tax number.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? VatId { get; init; }

    /// <summary>The code of the tax registration.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? Kpp { get; init; }

    /// <summary>The bank's code.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? BankCode { get; init; }

    /// <summary>The bank account's number.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? BankAccountNumber { get; init; }

    /// <summary>The director's name.</summary>
    public string? Director { get; init; }

    /// <summary>An id of your own.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? ExternalUid { get; init; }
}

/// <summary>Who pays or supplies an invoice (Kommo: Custom fields, payer and supplier).</summary>
public sealed record PartyValue : CustomFieldObject
{
    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>The entity that it is in Kommo.</summary>
    public long? EntityId { get; init; }

    /// <summary>That entity's kind.</summary>
    public EntityType? EntityType { get; init; }

    /// <summary>The tax number.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? VatId { get; init; }

    /// <summary>The address.</summary>
    public string? Address { get; init; }

    /// <summary>The bank's code.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? BankCode { get; init; }

    /// <summary>The bank account's number.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? BankAccountNumber { get; init; }

    /// <summary>The telephone number.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? Phone { get; init; }

    /// <summary>The e-mail address.</summary>
    public string? Email { get; init; }
}

/// <summary>A line of an invoice (Kommo: Custom fields, items).</summary>
public sealed record InvoiceItemValue : CustomFieldObject
{
    /// <summary>The article's number.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? Sku { get; init; }

    /// <summary>What it is.</summary>
    public string? Description { get; init; }

    /// <summary>The price of one, in the account's currency.</summary>
    public decimal? UnitPrice { get; init; }

    /// <summary>How many.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>The unit, such as <c>pcs</c>.</summary>
    public string? UnitType { get; init; }

    /// <summary>What is taken off.</summary>
    public ItemDiscount? Discount { get; init; }

    /// <summary>The rate of tax, by its id.</summary>
    public long? VatRateId { get; init; }

    /// <summary>The product in Kommo's list of products.</summary>
    public long? ProductId { get; init; }

    /// <summary>An id of your own.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? ExternalUid { get; init; }
}

/// <summary>What is taken off a line of an invoice.</summary>
/// <param name="Type">Whether the value is a share or an amount.</param>
/// <param name="Value">A share in per cent, or an amount in the account's currency.</param>
public sealed record ItemDiscount(DiscountType Type, decimal Value);

/// <summary>What a discount's value means.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<DiscountType>))]
public enum DiscountType
{
    /// <summary>A share in per cent.</summary>
    Percentage,

    /// <summary>An amount.</summary>
    Amount,
}

/// <summary>A linked entity (Kommo: Custom fields, linked_entity).</summary>
public sealed record LinkedEntityValue : CustomFieldObject
{
    /// <summary>The entity's id.</summary>
    public required long EntityId { get; init; }

    /// <summary>The entity's kind.</summary>
    public EntityType? EntityType { get; init; }

    /// <summary>The list, when the entity is a list's element.</summary>
    public long? CatalogId { get; init; }

    /// <summary>The entity's name.</summary>
    public string? Name { get; init; }
}

/// <summary>A file of Kommo's file storage (Kommo: Custom fields, file).</summary>
public sealed record FileFieldValue : CustomFieldObject
{
    /// <summary>The file's id.</summary>
    public required string FileUuid { get; init; }

    /// <summary>The version's id.</summary>
    public string? VersionUuid { get; init; }

    /// <summary>The file's name.</summary>
    public string? FileName { get; init; }

    /// <summary>The file's size in bytes.</summary>
    public long? FileSize { get; init; }
}
