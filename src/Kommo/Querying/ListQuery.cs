namespace Kommo;

/// <summary>What every list in pages takes: the page and its size.</summary>
public abstract record ListQuery : ResourceQuery
{
    private readonly int _largestPage;
    private readonly int _limit;
    private readonly int _page = 1;

    private protected ListQuery(int largestPage = KommoLimits.EntitiesPerRequest) => _limit = _largestPage = largestPage;

    /// <summary>
    /// Entities per page, from 1 to what the list takes: 250, but 100 for events and 50 for chat templates. Default: the
    /// most, so that a list costs the fewest requests.
    /// </summary>
    /// <exception cref="KommoLimitException">The value is outside; Kommo answers 422 or silently takes 50.</exception>
    public int Limit
    {
        get => _limit;
        init
        {
            KommoLimitException.Require(value, 1, _largestPage, "a page", nameof(Limit));
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

    internal override int FirstPage => Page;

    internal override void AddPage(QueryString query)
    {
        query.Add("page", Page);
        query.Add("limit", Limit);
    }
}
