namespace Kommo;

/// <summary>A stage. Its id is unique only with its pipeline's: 142 (won) and 143 (lost) stand in every pipeline.</summary>
/// <param name="PipelineId">The pipeline's id.</param>
/// <param name="StatusId">The stage's id.</param>
public readonly record struct PipelineStatus(long PipelineId, long StatusId)
{
    /// <summary>The id of the stage "won" in every pipeline.</summary>
    public const long Won = 142;

    /// <summary>The id of the stage "lost" in every pipeline.</summary>
    public const long Lost = 143;
}
