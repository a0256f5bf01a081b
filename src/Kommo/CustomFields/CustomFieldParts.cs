using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>An option of a custom field.</summary>
public sealed record CustomFieldOption
{
    /// <summary>The option's id; null for a new one.</summary>
    public long? Id { get; init; }

    /// <summary>Its text.</summary>
    public required string Value { get; init; }

    /// <summary>Its place.</summary>
    public int? Sort { get; init; }

    /// <summary>Its code.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? Code { get; init; }
}

/// <summary>A category of a category field. A new one names its new parent by request id.</summary>
public sealed record CustomFieldCategory
{
    /// <summary>The category's id; null for a new one.</summary>
    public long? Id { get; init; }

    /// <summary>The category above it.</summary>
    public long? ParentId { get; init; }

    /// <summary>Its text.</summary>
    public required string Value { get; init; }

    /// <summary>Its place.</summary>
    public int? Sort { get; init; }

    /// <summary>A name for a new category within the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>The name of the new category above it.</summary>
    public string? ParentRequestId { get; init; }
}

/// <summary>A list of a chained list.</summary>
public sealed record ChainedList
{
    /// <summary>The list.</summary>
    public required long CatalogId { get; init; }

    /// <summary>The list that it depends on; null for the first.</summary>
    public long? ParentCatalogId { get; init; }

    /// <summary>What it is called in the field.</summary>
    public string? Title { get; init; }
}
