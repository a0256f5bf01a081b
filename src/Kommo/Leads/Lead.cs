using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A lead (Kommo: Leads).</summary>
public sealed class Lead : KommoObject
{
    /// <summary>The lead's id.</summary>
    public long Id { get; set; }

    /// <summary>The lead's name; can be empty.</summary>
    public string? Name { get; set; }

    /// <summary>The lead's value in the account's currency.</summary>
    public decimal? Price { get; set; }

    /// <summary>The responsible user.</summary>
    public long? ResponsibleUserId { get; set; }

    /// <summary>The responsible user's group.</summary>
    public long? GroupId { get; set; }

    /// <summary>The stage; only unique together with <see cref="PipelineId"/>.</summary>
    public long? StatusId { get; set; }

    /// <summary>The pipeline.</summary>
    public long? PipelineId { get; set; }

    /// <summary>The reason for the loss.</summary>
    public long? LossReasonId { get; set; }

    /// <summary>The user who made the lead; 0 for a robot.</summary>
    public long? CreatedBy { get; set; }

    /// <summary>The user who changed it last; 0 for a robot, and now and then for people.</summary>
    public long? UpdatedBy { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }

    /// <summary>When it was won or lost.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>When its next task is due.</summary>
    public DateTimeOffset? ClosestTaskAt { get; set; }

    /// <summary>Whether it was deleted.</summary>
    public bool? IsDeleted { get; set; }

    /// <summary>The account's id.</summary>
    public long? AccountId { get; set; }

    /// <summary>Whether a robot changed the price last; with <see cref="LeadWith.IsPriceModifiedByRobot"/>.</summary>
    public bool? IsPriceModifiedByRobot { get; set; }

    /// <summary>The source's id; with <see cref="LeadWith.SourceId"/>.</summary>
    public long? SourceId { get; set; }

    /// <summary>Custom fields that have a value.</summary>
    [JsonPropertyName("custom_fields_values")]
    public IReadOnlyList<CustomFieldValues>? CustomFields { get; set; }

    /// <summary>Tags and linked entities.</summary>
    [JsonPropertyName("_embedded")]
    [JsonConverter(typeof(ObjectOrEmptyArrayConverter<EntityEmbedded>))]
    public EntityEmbedded? Embedded { get; set; }

    /// <summary>The lead's tags.</summary>
    [JsonIgnore]
    public IReadOnlyList<Tag> Tags => Embedded?.Tags ?? [];
}
