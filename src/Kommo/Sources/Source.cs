using System.Globalization;

namespace Kommo;

/// <summary>A source of leads that belongs to this integration (Kommo: Sources).</summary>
public sealed class Source : KommoObject
{
    /// <summary>The source's id.</summary>
    public long Id { get; init; }

    /// <summary>The source's name.</summary>
    public string? Name { get; init; }

    /// <summary>The source's id on the integration's side.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The pipeline that its leads come into.</summary>
    public long? PipelineId { get; init; }

    /// <summary>Whether it is the one for messages that name none.</summary>
    public bool? Default { get; init; }

    /// <summary>The code of the chat channel that it belongs to.</summary>
    public string? OriginCode { get; init; }

    /// <summary>How customers reach it.</summary>
    public IReadOnlyList<SourceService>? Services { get; init; }

    private protected override string? AnsweredKey => Id.ToString(CultureInfo.InvariantCulture);
}
