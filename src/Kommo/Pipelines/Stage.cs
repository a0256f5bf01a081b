namespace Kommo;

/// <summary>
/// A stage of a pipeline (Kommo: Pipelines and stages). Its id is unique only with its pipeline's: 142 (won) and 143 (lost) stand in every
/// pipeline. A pipeline has at most 100.
/// </summary>
public sealed class Stage : KommoObject
{
    /// <summary>The stage's id.</summary>
    public long Id { get; set; }

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>Its place; 10 for incoming leads, 10000 for won, 11000 for lost.</summary>
    public int? Sort { get; set; }

    /// <summary>Whether it can be changed; won, lost and incoming leads cannot be deleted.</summary>
    public bool? IsEditable { get; set; }

    /// <summary>The pipeline.</summary>
    public long? PipelineId { get; set; }

    /// <summary>The colour.</summary>
    public StageColor? Color { get; set; }

    /// <summary>0 for a normal stage, 1 for incoming leads.</summary>
    public int? Type { get; set; }

    /// <summary>The account's id.</summary>
    public long? AccountId { get; set; }

    /// <summary>What users are told at this stage; with <see cref="PipelineWith.Descriptions"/>.</summary>
    public IReadOnlyList<StageDescription>? Descriptions { get; set; }

    /// <summary>The stage with its pipeline, as filters take it; null when Kommo did not tell the pipeline.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public PipelineStatus? InPipeline => PipelineId is { } pipeline ? new(pipeline, Id) : null;
}

/// <summary>What users of one level are told at a stage.</summary>
public sealed class StageDescription : KommoObject
{
    /// <summary>The description's id.</summary>
    public long? Id { get; set; }

    /// <summary>Whom it is for: <c>newbie</c>, <c>candidate</c> or <c>master</c>.</summary>
    public string? Level { get; set; }

    /// <summary>The text.</summary>
    public string? Description { get; set; }
}
