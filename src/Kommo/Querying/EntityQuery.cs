namespace Kommo;

/// <summary>
/// What the lists of leads, contacts, companies and customers have in common (Kommo: Filters). Everything left null does
/// not narrow the list.
/// </summary>
/// <typeparam name="TWith">What the list can show besides the basics.</typeparam>
/// <typeparam name="TOrder">What the list can be ordered by.</typeparam>
public abstract record EntityQuery<TWith, TOrder> : ListQuery
    where TWith : struct, Enum
    where TOrder : struct, Enum
{
    private protected EntityQuery()
    {
    }

    /// <summary>What to show besides the basics.</summary>
    public TWith With { get; init; }

    /// <summary>Full-text search. Kommo says that it will go away one day.</summary>
    public string? Query { get; init; }

    /// <summary>These ids.</summary>
    public IReadOnlyList<long>? Ids { get; init; }

    /// <summary>These names.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>Made by these users.</summary>
    public IReadOnlyList<long>? CreatedBy { get; init; }

    /// <summary>Last changed by these users.</summary>
    public IReadOnlyList<long>? UpdatedBy { get; init; }

    /// <summary>Of these responsible users.</summary>
    public IReadOnlyList<long>? ResponsibleUserIds { get; init; }

    /// <summary>Made in this range.</summary>
    public TimeRange? CreatedAt { get; init; }

    /// <summary>Last changed in this range.</summary>
    public TimeRange? UpdatedAt { get; init; }

    /// <summary>With the next task due in this range.</summary>
    public TimeRange? ClosestTaskAt { get; init; }

    /// <summary>With these values of custom fields.</summary>
    public IReadOnlyList<CustomFieldFilter>? CustomFields { get; init; }

    /// <summary>What to order by; null leaves it to Kommo.</summary>
    public TOrder? OrderBy { get; init; }

    /// <summary>Whether the order is from last to first.</summary>
    public bool Descending { get; init; }

    internal override void AddTo(QueryString query)
    {
        query.AddWith(With);
        query.Add("query", Query);
        query.Add("filter[id]", Ids);
        query.Add("filter[name]", Names);
        query.Add("filter[created_by]", CreatedBy);
        query.Add("filter[updated_by]", UpdatedBy);
        query.Add("filter[responsible_user_id]", ResponsibleUserIds);
        query.Add("filter[created_at]", CreatedAt);
        query.Add("filter[updated_at]", UpdatedAt);
        query.Add("filter[closest_task_at]", ClosestTaskAt);
        foreach (var field in CustomFields ?? [])
        {
            field.AddTo(query);
        }

        query.AddOrder(OrderBy, Descending);
    }
}
