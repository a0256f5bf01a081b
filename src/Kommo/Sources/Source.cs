using System.Globalization;

namespace Kommo;

/// <summary>A source of leads that belongs to this integration (Kommo: Sources).</summary>
public sealed class Source : KommoObject
{
    /// <summary>The source's id.</summary>
    public long Id { get; set; }

    /// <summary>The source's name.</summary>
    public string? Name { get; set; }

    /// <summary>The source's id on the integration's side.</summary>
    public string? ExternalId { get; set; }

    /// <summary>The pipeline that its leads come into.</summary>
    public long? PipelineId { get; set; }

    /// <summary>Whether it is the one for messages that name none.</summary>
    public bool? Default { get; set; }

    /// <summary>The code of the chat channel that it belongs to.</summary>
    public string? OriginCode { get; set; }

    /// <summary>How customers reach it.</summary>
    public IReadOnlyList<SourceService>? Services { get; set; }

    private protected override string? AnsweredKey => Id.ToString(CultureInfo.InvariantCulture);
}
