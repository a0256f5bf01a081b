namespace Kommo;

/// <summary>What pipelines and stages are asked to show besides their basics (Kommo: Pipelines and stages, <c>with</c>).</summary>
[Flags]
public enum PipelineWith
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>What users are told at the stages.</summary>
    Descriptions = 1 << 0,
}
