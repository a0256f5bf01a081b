using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>
/// A change to a company (Kommo: Companies, editing). Null is not sent and changes nothing. To empty a field, put a JSON
/// null into <see cref="AdditionalFields"/>.
/// </summary>
public sealed record CompanyUpdate : IBatchUpdate
{
    /// <summary>The company's id.</summary>
    public required long Id { get; init; }

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>The responsible user.</summary>
    public long? ResponsibleUserId { get; init; }

    /// <summary>The last editor shown; 0 shows a robot.</summary>
    public long? UpdatedBy { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Custom fields to set or clear; the others stay.</summary>
    [JsonPropertyName("custom_fields_values")]
    public IReadOnlyList<CustomFieldValues>? CustomFields { get; init; }

    /// <summary>Tags to add; the others stay.</summary>
    public IReadOnlyList<Tag>? TagsToAdd { get; init; }

    /// <summary>Tags to take away.</summary>
    public IReadOnlyList<Tag>? TagsToDelete { get; init; }

    /// <summary>Tags given here replace the whole set.</summary>
    [JsonPropertyName("_embedded")]
    public EntityEmbedded? Embedded { get; init; }

    /// <summary>A text that Kommo may repeat in its answer.</summary>
    public string? RequestId { get; init; }

    /// <summary>Fields that this library has no name for, and JSON nulls.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? AdditionalFields { get; set; }
}
