using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A company (Kommo: Companies).</summary>
public sealed class Company : KommoObject
{
    /// <summary>The company's id.</summary>
    public long Id { get; set; }

    /// <summary>The company's name.</summary>
    public string? Name { get; set; }

    /// <summary>The responsible user.</summary>
    public long? ResponsibleUserId { get; set; }

    /// <summary>The responsible user's group.</summary>
    public long? GroupId { get; set; }

    /// <summary>The user who made the company; 0 for a robot.</summary>
    public long? CreatedBy { get; set; }

    /// <summary>The user who changed it last; 0 for a robot, and now and then for people.</summary>
    public long? UpdatedBy { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }

    /// <summary>When its next task is due.</summary>
    public DateTimeOffset? ClosestTaskAt { get; set; }

    /// <summary>Whether it was deleted.</summary>
    public bool? IsDeleted { get; set; }

    /// <summary>The account's id.</summary>
    public long? AccountId { get; set; }

    /// <summary>Custom fields that have a value; telephone numbers and e-mail addresses are among them.</summary>
    [JsonPropertyName("custom_fields_values")]
    public IReadOnlyList<CustomFieldValues>? CustomFields { get; set; }

    /// <summary>Tags and linked entities.</summary>
    [JsonPropertyName("_embedded")]
    [JsonConverter(typeof(ObjectOrEmptyArrayConverter<EntityEmbedded>))]
    public EntityEmbedded? Embedded { get; set; }

    /// <summary>The company's tags.</summary>
    [JsonIgnore]
    public IReadOnlyList<Tag> Tags => Embedded?.Tags ?? [];
}
