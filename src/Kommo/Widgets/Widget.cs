using System.Text.Json;

namespace Kommo;

/// <summary>A widget of the account (Kommo: Widgets).</summary>
public sealed class Widget : KommoObject
{
    /// <summary>The widget's id.</summary>
    public long Id { get; set; }

    /// <summary>The widget's code, by which it is installed.</summary>
    public string? Code { get; set; }

    /// <summary>The widget's version.</summary>
    public string? Version { get; set; }

    /// <summary>The widget's rating in the marketplace.</summary>
    public decimal? Rating { get; set; }

    /// <summary>What can be set.</summary>
    public IReadOnlyList<WidgetSettingTemplate>? SettingsTemplate { get; set; }

    /// <summary>What is set: an object; <c>[]</c> or null when nothing is.</summary>
    public JsonElement? Settings { get; set; }

    /// <summary>Whether it is a source of leads.</summary>
    public bool? IsLeadSource { get; set; }

    /// <summary>Whether it works with the Digital Pipeline.</summary>
    public bool? IsWorkWithDp { get; set; }

    /// <summary>Whether it is a template of a branch.</summary>
    public bool? IsCrmTemplate { get; set; }

    /// <summary>Whether it is installed.</summary>
    public bool? IsActiveInAccount { get; set; }

    /// <summary>The integration that it belongs to.</summary>
    public string? ClientUuid { get; set; }

    /// <summary>The pipeline that it feeds.</summary>
    public long? PipelineId { get; set; }
}
