using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A lead (Kommo: Leads).</summary>
public sealed class Lead : KommoObject
{
    /// <summary>The lead's id.</summary>
    public long Id { get; init; }

    /// <summary>The lead's name; can be empty.</summary>
    public string? Name { get; init; }

    /// <summary>The lead's value in the account's currency.</summary>
    public decimal? Price { get; init; }

    /// <summary>The responsible user.</summary>
    public long? ResponsibleUserId { get; init; }

    /// <summary>The responsible user's group.</summary>
    public long? GroupId { get; init; }

    /// <summary>The stage; only unique together with <see cref="PipelineId"/>.</summary>
    public long? StatusId { get; init; }

    /// <summary>The pipeline.</summary>
    public long? PipelineId { get; init; }

    /// <summary>The reason for the loss.</summary>
    public long? LossReasonId { get; init; }

    /// <summary>The user who made the lead; 0 for a robot.</summary>
    public long? CreatedBy { get; init; }

    /// <summary>The user who changed it last; 0 for a robot, and now and then for people.</summary>
    public long? UpdatedBy { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>When it was won or lost.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>When its next task is due.</summary>
    public DateTimeOffset? ClosestTaskAt { get; init; }

    /// <summary>Whether it was deleted.</summary>
    public bool? IsDeleted { get; init; }

    /// <summary>The account's id.</summary>
    public long? AccountId { get; init; }

    /// <summary>Whether a robot changed the price last; with <see cref="LeadWith.IsPriceModifiedByRobot"/>.</summary>
    public bool? IsPriceModifiedByRobot { get; init; }

    /// <summary>The source's id; with <see cref="LeadWith.SourceId"/>.</summary>
    public long? SourceId { get; init; }

    /// <summary>Custom fields that have a value.</summary>
    [JsonPropertyName("custom_fields_values")]
    public IReadOnlyList<CustomFieldValues>? CustomFields { get; init; }

    /// <summary>Tags and linked entities.</summary>
    [JsonPropertyName("_embedded")]
    [JsonConverter(typeof(ObjectOrEmptyArrayConverter<EntityEmbedded>))]
    public EntityEmbedded? Embedded { get; init; }

    /// <summary>The lead's tags.</summary>
    [JsonIgnore]
    public IReadOnlyList<Tag> Tags => Embedded?.Tags ?? [];
}
