using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A company to create (Kommo: Companies, adding). Everything is optional; null is not sent.</summary>
public sealed record NewCompany : WriteItem
{
    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>The responsible user.</summary>
    public long? ResponsibleUserId { get; init; }

    /// <summary>The author shown; 0 shows a robot.</summary>
    public long? CreatedBy { get; init; }

    /// <summary>The last editor shown; 0 shows a robot.</summary>
    public long? UpdatedBy { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Custom fields; a telephone number is <c>CustomFieldValues.For("PHONE", CustomFieldValue.Of("+1555", "WORK"))</c>.</summary>
    [JsonPropertyName("custom_fields_values")]
    public IReadOnlyList<CustomFieldValues>? CustomFields { get; init; }

    /// <summary>Tags to add.</summary>
    public IReadOnlyList<Tag>? TagsToAdd { get; init; }

    /// <summary>Linked entities.</summary>
    [JsonPropertyName("_embedded")]
    public EntityEmbedded? Embedded { get; init; }
}
