namespace Kommo;

/// <summary>A website button to create (Kommo: Website buttons, adding). Null is not sent.</summary>
public sealed record NewWebsiteButton : WriteItem
{
    /// <summary>The most trusted websites of a button.</summary>
    public const int MostTrustedWebsites = 10;

    /// <summary>The button's name.</summary>
    public string? Name { get; init; }

    /// <summary>The pipeline that its leads come into. Default: the main one.</summary>
    public long? PipelineId { get; init; }

    /// <summary>The websites that may show it, at most 10. None are needed where <see cref="IsUsedInApp"/> is set.</summary>
    public IReadOnlyList<string>? TrustedWebsites { get; init; }

    /// <summary>Whether it is shown in an application rather than on websites.</summary>
    public bool? IsUsedInApp { get; init; }

    internal override void Require() =>
        KommoLimitException.RequireAtMost(TrustedWebsites?.Count, MostTrustedWebsites, "trusted websites", nameof(TrustedWebsites));
}
