using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A change to a lead (Kommo: Leads, editing).</summary>
public sealed record LeadUpdate : EntityUpdate
{
    /// <summary>The name.</summary>
    public Change<string> Name { get; init; }

    /// <summary>The value in the account's currency.</summary>
    public Change<decimal?> Price { get; init; }

    /// <summary>The stage; give <see cref="PipelineId"/> with it when the pipeline changes.</summary>
    public Change<long> StatusId { get; init; }

    /// <summary>The pipeline.</summary>
    public Change<long> PipelineId { get; init; }

    /// <summary>The responsible user.</summary>
    public Change<long> ResponsibleUserId { get; init; }

    /// <summary>The last editor shown; 0 shows a robot.</summary>
    public Change<long> UpdatedBy { get; init; }

    /// <summary>When it was made.</summary>
    public Change<DateTimeOffset> CreatedAt { get; init; }

    /// <summary>When it changed last.</summary>
    public Change<DateTimeOffset> UpdatedAt { get; init; }

    /// <summary>When it was won or lost.</summary>
    public Change<DateTimeOffset?> ClosedAt { get; init; }

    /// <summary>The reason for the loss.</summary>
    public Change<long?> LossReasonId { get; init; }

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
