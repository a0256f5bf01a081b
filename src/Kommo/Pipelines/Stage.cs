namespace Kommo;

/// <summary>
/// A stage of a pipeline (Kommo: Pipelines and stages). Its id is unique only with its pipeline's: 142 (won) and 143 (lost) stand in every
/// pipeline. A pipeline has at most 100.
/// </summary>
public sealed class Stage : KommoObject
{
    /// <summary>The stage's id.</summary>
    public long Id { get; init; }

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>Its place; 10 for incoming leads, 10000 for won, 11000 for lost.</summary>
    public int? Sort { get; init; }

    /// <summary>Whether it can be changed; won, lost and incoming leads cannot be deleted.</summary>
    public bool? IsEditable { get; init; }

    /// <summary>The pipeline.</summary>
    public long? PipelineId { get; init; }

    /// <summary>The colour.</summary>
    public StageColor? Color { get; init; }

    /// <summary>0 for a normal stage, 1 for incoming leads.</summary>
    public int? Type { get; init; }

    /// <summary>The account's id.</summary>
    public long? AccountId { get; init; }

    /// <summary>What users are told at this stage; with <see cref="PipelineWith.Descriptions"/>.</summary>
    public IReadOnlyList<StageDescription>? Descriptions { get; init; }

    /// <summary>The stage with its pipeline, as filters take it; null when Kommo did not tell the pipeline.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public PipelineStatus? InPipeline => PipelineId is { } pipeline ? new(pipeline, Id) : null;
}

/// <summary>What users of one level are told at a stage.</summary>
public sealed class StageDescription : KommoObject
{
    /// <summary>The description's id.</summary>
    public long? Id { get; init; }

    /// <summary>Whom it is for: <c>newbie</c>, <c>candidate</c> or <c>master</c>.</summary>
    public string? Level { get; init; }

    /// <summary>The text.</summary>
    public string? Description { get; init; }
}
