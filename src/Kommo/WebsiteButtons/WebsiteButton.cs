namespace Kommo;

/// <summary>A website button, also called CRM plugin (Kommo: Website buttons).</summary>
public sealed class WebsiteButton : KommoObject
{
    /// <summary>The source that it is, by which it is named.</summary>
    public long SourceId { get; set; }

    /// <summary>The button's id; null until it is made.</summary>
    public long? ButtonId { get; set; }

    /// <summary>The button's name.</summary>
    public string? Name { get; set; }

    /// <summary>The pipeline that its leads come into.</summary>
    public long? PipelineId { get; set; }

    /// <summary>Whether duplicates are merged.</summary>
    public bool? IsDuplicationControlEnabled { get; set; }

    /// <summary>How far its making is.</summary>
    public string? CreationStatus { get; set; }

    /// <summary>What to put into the website's pages; with <see cref="WebsiteButtonWith.Scripts"/>.</summary>
    public string? Script { get; set; }

    /// <summary>Whether it was deleted.</summary>
    public bool? IsDeleted { get; set; }

    /// <summary>The account's id.</summary>
    public long? AccountId { get; set; }
}
