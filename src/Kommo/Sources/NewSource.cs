namespace Kommo;

/// <summary>A source to create (Kommo: Sources, adding). Null is not sent.</summary>
public sealed record NewSource : WriteItem
{
    /// <summary>The source's name.</summary>
    public required string Name { get; init; }

    /// <summary>The source's id on the integration's side, which no other of its sources has.</summary>
    public required string ExternalId { get; init; }

    /// <summary>The pipeline that its leads come into. Default: the main one.</summary>
    public long? PipelineId { get; init; }

    /// <summary>Whether it is the one for messages that name none; there is one at most.</summary>
    public bool? Default { get; init; }

    /// <summary>The code of the chat channel that it belongs to.</summary>
    public string? OriginCode { get; init; }

    /// <summary>How customers reach it.</summary>
    public IReadOnlyList<SourceService>? Services { get; init; }
}
