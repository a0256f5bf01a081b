namespace Kommo;

/// <summary>Which customers to list (Kommo: Customers, Filters). Everything left null does not narrow the list.</summary>
public sealed record CustomerQuery : EntityQuery<CustomerWith, CustomerOrder>
{
    /// <summary>Expected to bring this with the next purchase, in the account's currency.</summary>
    public NumberRange? NextPrice { get; init; }

    /// <summary>Expected to purchase in this range.</summary>
    public TimeRange? NextDate { get; init; }

    /// <summary>Of these statuses.</summary>
    public IReadOnlyList<long>? StatusIds { get; init; }

    internal override void AddTo(QueryString query)
    {
        base.AddTo(query);
        query.Add("filter[next_price]", NextPrice);
        query.Add("filter[next_date]", NextDate);
        query.Add("filter[status_id]", StatusIds);
    }
}

/// <summary>What customers are asked to show besides their basics (Kommo: Customers, <c>with</c>).</summary>
[Flags]
public enum CustomerWith
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>Linked list elements.</summary>
    CatalogElements = 1 << 0,

    /// <summary>Linked contacts.</summary>
    Contacts = 1 << 1,

    /// <summary>Linked companies.</summary>
    Companies = 1 << 2,

    /// <summary>Segments.</summary>
    Segments = 1 << 3,
}

/// <summary>What customers can be ordered by.</summary>
public enum CustomerOrder
{
    /// <summary>The id.</summary>
    Id,

    /// <summary>When they were made.</summary>
    CreatedAt,

    /// <summary>When they changed last.</summary>
    UpdatedAt,
}
