namespace Kommo;

/// <summary>A change to a source (Kommo: Sources, editing).</summary>
public sealed record SourceUpdate : EntityUpdate
{
    /// <summary>The source's name.</summary>
    public Change<string> Name { get; init; }

    /// <summary>The source's id on the integration's side.</summary>
    public Change<string> ExternalId { get; init; }

    /// <summary>The pipeline that its leads come into.</summary>
    public Change<long> PipelineId { get; init; }

    /// <summary>Whether it is the one for messages that name none.</summary>
    public Change<bool> Default { get; init; }

    /// <summary>How customers reach it; replaces what was there.</summary>
    public IReadOnlyList<SourceService>? Services { get; init; }
}
