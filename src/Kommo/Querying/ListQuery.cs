namespace Kommo;

/// <summary>What every list takes: the page, its size, and parameters that this library has no name for.</summary>
public abstract record ListQuery
{
    private readonly int _limit = KommoLimits.EntitiesPerRequest;
    private readonly int _page = 1;

    private protected ListQuery()
    {
    }

    /// <summary>Entities per page, 1 to 250. Default: 250, so that a list costs the fewest requests.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside 1 to 250; Kommo answers 422 or silently takes 50.</exception>
    public int Limit
    {
        get => _limit;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Limit));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, KommoLimits.EntitiesPerRequest, nameof(Limit));
            _limit = value;
        }
    }

    /// <summary>The page to start from, counted from 1. Default: 1. The list goes on from there to its end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Page
    {
        get => _page;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Page));
            _page = value;
        }
    }

    /// <summary>Further parameters as they stand in the URL, such as <c>filter[custom_fields_values][7][]</c>; both parts unescaped.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Additional { get; init; } = [];

    internal QueryString ToQueryString()
    {
        var query = new QueryString();
        query.Add("page", Page);
        query.Add("limit", Limit);
        AddTo(query);
        foreach (var (name, value) in Additional)
        {
            query.Add(name, value);
        }

        return query;
    }

    internal abstract void AddTo(QueryString query);
}
