namespace Kommo;

/// <summary>Which elements to list (Kommo: Lists, elements). Everything left null does not narrow the list.</summary>
public sealed record CatalogElementQuery : ListQuery
{
    /// <summary>What to show besides the basics.</summary>
    public CatalogElementWith With { get; init; }

    /// <summary>Full-text search over names and fields.</summary>
    public string? Query { get; init; }

    /// <summary>These ids.</summary>
    public IReadOnlyList<long>? Ids { get; init; }

    internal override void AddTo(QueryString query)
    {
        query.AddWith(With);
        query.Add("query", Query);
        query.Add("filter[id]", Ids);
    }
}
