using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A pipeline to create (Kommo: Pipelines, adding). The stages won, lost and incoming leads come by themselves.</summary>
public sealed record NewPipeline : WriteItem
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>Its place among the pipelines.</summary>
    public required int Sort { get; init; }

    /// <summary>Whether it is the main one.</summary>
    public bool IsMain { get; init; }

    /// <summary>Whether incoming leads are on.</summary>
    public bool IsUnsortedOn { get; init; } = true;

    /// <summary>The stages; <see cref="PipelineStatus.Won"/> and <see cref="PipelineStatus.Lost"/> with their ids to name them.</summary>
    [JsonIgnore]
    public IReadOnlyList<NewStage> Stages { get; init; } = [];

    [JsonInclude]
    [JsonPropertyName("_embedded")]
    internal NewPipelineEmbedded? Embedded => Stages.Count == 0 ? null : new(Stages);

    internal override void Require()
    {
        KommoLimitException.RequireAtMost(Stages.Count, KommoLimits.StagesPerPipeline, "stages in a pipeline", nameof(Stages));
        foreach (var stage in Stages)
        {
            stage.Require();
        }
    }
}

/// <summary>What stands under <c>_embedded</c> of a new pipeline.</summary>
internal sealed record NewPipelineEmbedded(IReadOnlyList<NewStage> Statuses);

/// <summary>A change to a pipeline (Kommo: Pipelines, editing).</summary>
public sealed record PipelineUpdate : EntityUpdate
{
    /// <summary>The name.</summary>
    public Change<string> Name { get; init; }

    /// <summary>Its place among the pipelines.</summary>
    public Change<int> Sort { get; init; }

    /// <summary>Whether it is the main one.</summary>
    public Change<bool> IsMain { get; init; }

    /// <summary>Whether incoming leads are on.</summary>
    public Change<bool> IsUnsortedOn { get; init; }
}

/// <summary>A stage to create (Kommo: Stages, adding).</summary>
public sealed record NewStage : WriteItem
{
    /// <summary>Only within a new pipeline: 142 or 143, to name won or lost.</summary>
    public long? Id { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>Its place.</summary>
    public int? Sort { get; init; }

    /// <summary>The colour, one of <see cref="StageColor.All"/>.</summary>
    public StageColor? Color { get; init; }

    internal override void Require() => StageColors.Require(Color);
}

/// <summary>A change to a stage (Kommo: Stages, editing).</summary>
public sealed record StageUpdate : EntityUpdate
{
    /// <summary>The name.</summary>
    public Change<string> Name { get; init; }

    /// <summary>Its place.</summary>
    public Change<int> Sort { get; init; }

    /// <summary>The colour, one of <see cref="StageColor.All"/>.</summary>
    public Change<StageColor> Color { get; init; }

    internal override void Require() => StageColors.Require(Color.IsSet ? Color.Value : null);
}

/// <summary>The rule of a stage's colour.</summary>
internal static class StageColors
{
    public static void Require(StageColor? color)
    {
        if (color is { } given && !StageColor.All.Contains(given))
        {
            throw new KommoLimitException($"A stage has one of Kommo's {StageColor.All.Count} colours, such as {StageColor.Blue}.", nameof(color));
        }
    }
}
