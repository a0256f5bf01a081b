namespace Kommo;

/// <summary>Which custom fields to list (Kommo: Custom fields). Everything left null does not narrow the list.</summary>
public sealed record CustomFieldQuery : ListQuery
{
    /// <summary>Of these types, such as <see cref="CustomFieldTypes.Select"/>.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>What to order by; null leaves it to Kommo.</summary>
    public CustomFieldOrder? OrderBy { get; init; }

    /// <summary>Whether the order is from last to first.</summary>
    public bool Descending { get; init; }

    internal override void AddTo(QueryString query)
    {
        query.Add("filter[type]", Types);
        query.AddOrder(OrderBy, Descending);
    }
}

/// <summary>What custom fields can be ordered by.</summary>
public enum CustomFieldOrder
{
    /// <summary>The id.</summary>
    Id,

    /// <summary>Their place.</summary>
    Sort,
}
