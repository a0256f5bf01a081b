namespace Kommo;

/// <summary>A change to a website button (Kommo: Website buttons, editing).</summary>
public sealed record WebsiteButtonUpdate : WriteItem
{
    /// <summary>The button's name.</summary>
    public Change<string> Name { get; init; }

    /// <summary>Websites that may show it as well; those of before stay.</summary>
    public TrustedWebsitesToAdd? TrustedWebsites { get; init; }

    internal override void Require() => KommoLimitException.RequireAtMost(
        TrustedWebsites?.Add.Count, NewWebsiteButton.MostTrustedWebsites, "trusted websites", nameof(TrustedWebsites));
}

/// <summary>Websites to trust besides those of before (Kommo: Website buttons, editing).</summary>
/// <param name="Add">The websites, at most 10.</param>
public sealed record TrustedWebsitesToAdd(params IReadOnlyList<string> Add);
