namespace Kommo;

/// <summary>What any list takes: parameters that this library has no name for.</summary>
public abstract record ResourceQuery
{
    private protected ResourceQuery()
    {
    }

    /// <summary>Further parameters as they stand in the URL, such as <c>filter[custom_fields_values][7][]</c>; both parts unescaped.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Additional { get; init; } = [];

    internal virtual int FirstPage => 1;

    internal QueryString ToQueryString()
    {
        var query = new QueryString();
        AddPage(query);
        AddTo(query);
        foreach (var (name, value) in Additional)
        {
            query.Add(name, value);
        }

        return query;
    }

    internal virtual void AddPage(QueryString query)
    {
    }

    internal abstract void AddTo(QueryString query);
}
