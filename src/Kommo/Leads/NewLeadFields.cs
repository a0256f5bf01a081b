using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>What every new lead can have (Kommo: Leads, adding). Everything is optional; null is not sent.</summary>
public abstract record NewLeadFields : WriteItem
{
    private protected NewLeadFields()
    {
    }

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>The value in the account's currency.</summary>
    public decimal? Price { get; init; }

    /// <summary>The stage; give <see cref="PipelineId"/> with it. Default: the main pipeline's first stage.</summary>
    public long? StatusId { get; init; }

    /// <summary>The pipeline. Default: the main one.</summary>
    public long? PipelineId { get; init; }

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

    /// <summary>When it was won or lost.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The reason for the loss.</summary>
    public long? LossReasonId { get; init; }

    /// <summary>Custom fields.</summary>
    [JsonPropertyName("custom_fields_values")]
    public IReadOnlyList<CustomFieldValues>? CustomFields { get; init; }

    /// <summary>Tags to add.</summary>
    public IReadOnlyList<Tag>? TagsToAdd { get; init; }
}
