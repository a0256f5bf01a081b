using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A change to a contact (Kommo: Contacts, editing).</summary>
public sealed record ContactUpdate : EntityUpdate
{
    /// <summary>The name.</summary>
    public Change<string> Name { get; init; }

    /// <summary>The first name.</summary>
    public Change<string?> FirstName { get; init; }

    /// <summary>The last name.</summary>
    public Change<string?> LastName { get; init; }

    /// <summary>The responsible user.</summary>
    public Change<long> ResponsibleUserId { get; init; }

    /// <summary>The last editor shown; 0 shows a robot.</summary>
    public Change<long> UpdatedBy { get; init; }

    /// <summary>When it was made.</summary>
    public Change<DateTimeOffset> CreatedAt { get; init; }

    /// <summary>When it changed last.</summary>
    public Change<DateTimeOffset> UpdatedAt { get; init; }

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
}
