namespace Kommo;

/// <summary>Something that can be set of a widget (Kommo: Widgets, <c>settings_template</c>).</summary>
public sealed class WidgetSettingTemplate : KommoObject
{
    /// <summary>The setting's key.</summary>
    public string? Key { get; set; }

    /// <summary>The setting's name.</summary>
    public string? Name { get; set; }

    /// <summary>The setting's type, such as <c>text</c>, <c>pass</c> or <c>users</c>.</summary>
    public string? Type { get; set; }

    /// <summary>Whether it must be set.</summary>
    public bool? IsRequired { get; set; }
}
