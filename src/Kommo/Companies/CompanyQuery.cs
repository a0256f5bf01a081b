namespace Kommo;

/// <summary>Which companies to list (Kommo: Companies, Filters). Everything left null does not narrow the list.</summary>
public sealed record CompanyQuery : ListQuery
{
    internal static readonly (CompanyWith, string)[] WithNames =
    [
        (CompanyWith.CatalogElements, "catalog_elements"),
        (CompanyWith.Leads, "leads"),
        (CompanyWith.Customers, "customers"),
        (CompanyWith.Contacts, "contacts"),
    ];

    /// <summary>What to show besides the basics.</summary>
    public CompanyWith With { get; init; }

    /// <summary>Full-text search.</summary>
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

    /// <summary>What to order by; null leaves it to Kommo.</summary>
    public CompanyOrder? OrderBy { get; init; }

    /// <summary>Whether the order is from last to first.</summary>
    public bool Descending { get; init; }

    internal override void AddTo(QueryString query)
    {
        query.AddWith(With, WithNames);
        query.Add("query", Query);
        query.Add("filter[id]", Ids);
        query.Add("filter[name]", Names);
        query.Add("filter[created_by]", CreatedBy);
        query.Add("filter[updated_by]", UpdatedBy);
        query.Add("filter[responsible_user_id]", ResponsibleUserIds);
        query.Add("filter[created_at]", CreatedAt);
        query.Add("filter[updated_at]", UpdatedAt);
        query.Add("filter[closest_task_at]", ClosestTaskAt);
        query.AddOrder(
            OrderBy switch
            {
                CompanyOrder.Id => "id",
                CompanyOrder.UpdatedAt => "updated_at",
                _ => null,
            },
            Descending);
    }
}
