namespace Kommo;

/// <summary>What to show of pipelines and stages; both lists come whole.</summary>
public sealed record PipelineQuery : ResourceQuery
{
    /// <summary>What to show besides the basics.</summary>
    public PipelineWith With { get; init; }

    internal override void AddTo(QueryString query) => query.AddWith(With);
}
