namespace Kommo;

/// <summary>Which website buttons to list (Kommo: Website buttons).</summary>
public sealed record WebsiteButtonQuery : ListQuery
{
    /// <summary>What to show besides the basics.</summary>
    public WebsiteButtonWith With { get; init; }

    internal override void AddTo(QueryString query) => query.AddWith(With);
}
