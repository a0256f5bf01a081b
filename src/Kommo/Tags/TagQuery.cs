namespace Kommo;

/// <summary>Which tags to list (Kommo: Tags). Everything left null does not narrow the list.</summary>
public sealed record TagQuery : ListQuery
{
    /// <summary>Tags whose name holds this text.</summary>
    public string? Query { get; init; }

    /// <summary>Exactly this name.</summary>
    public string? Name { get; init; }

    /// <summary>These ids.</summary>
    public IReadOnlyList<long>? Ids { get; init; }

    internal override void AddTo(QueryString query)
    {
        query.Add("query", Query);
        query.Add("filter[name]", Name);
        query.Add("filter[id]", Ids);
    }
}
