using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A pipeline of leads (Kommo: Pipelines and stages). An account has at most 50, or 100 on the largest plan.</summary>
public sealed class Pipeline : KommoObject
{
    /// <summary>The pipeline's id.</summary>
    public long Id { get; set; }

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>Its place among the pipelines.</summary>
    public int? Sort { get; set; }

    /// <summary>Whether it is the main one.</summary>
    public bool? IsMain { get; set; }

    /// <summary>Whether incoming leads are on.</summary>
    public bool? IsUnsortedOn { get; set; }

    /// <summary>Whether it is archived.</summary>
    public bool? IsArchive { get; set; }

    /// <summary>The account's id.</summary>
    public long? AccountId { get; set; }

    /// <summary>The stages.</summary>
    [JsonIgnore]
    public IReadOnlyList<Stage> Stages => Embedded?.Statuses ?? [];

    [JsonInclude]
    [JsonPropertyName("_embedded")]
    [JsonConverter(typeof(ObjectOrEmptyArrayConverter<PipelineEmbedded>))]
    internal PipelineEmbedded? Embedded { get; init; }
}

/// <summary>What stands under <c>_embedded</c> of a pipeline.</summary>
internal sealed class PipelineEmbedded
{
    public IReadOnlyList<Stage>? Statuses { get; set; }
}
