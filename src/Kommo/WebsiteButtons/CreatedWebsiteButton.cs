namespace Kommo;

/// <summary>What Kommo answers for a new website button, which it makes a little later (Kommo: Website buttons, adding).</summary>
public sealed class CreatedWebsiteButton : KommoObject
{
    /// <summary>The source that it is, by which it is named.</summary>
    public long SourceId { get; set; }

    /// <summary>The button's name.</summary>
    public string? Name { get; set; }

    /// <summary>The websites that may show it.</summary>
    public IReadOnlyList<string>? TrustedWebsites { get; set; }
}
