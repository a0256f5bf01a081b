namespace Kommo;

/// <summary>Which leads to list (Kommo: Leads, Filters). Everything left null does not narrow the list.</summary>
public sealed record LeadQuery : ListQuery
{
    internal static readonly (LeadWith, string)[] WithNames =
    [
        (LeadWith.CatalogElements, "catalog_elements"),
        (LeadWith.IsPriceModifiedByRobot, "is_price_modified_by_robot"),
        (LeadWith.LossReason, "loss_reason"),
        (LeadWith.Contacts, "contacts"),
        (LeadWith.OnlyDeleted, "only_deleted"),
        (LeadWith.SourceId, "source_id"),
        (LeadWith.Source, "source"),
    ];

    /// <summary>What to show besides the basics.</summary>
    public LeadWith With { get; init; }

    /// <summary>Full-text search.</summary>
    public string? Query { get; init; }

    /// <summary>These ids.</summary>
    public IReadOnlyList<long>? Ids { get; init; }

    /// <summary>These names.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>Prices from this one on.</summary>
    public decimal? PriceFrom { get; init; }

    /// <summary>Prices up to this one.</summary>
    public decimal? PriceTo { get; init; }

    /// <summary>These stages, each with its pipeline.</summary>
    public IReadOnlyList<PipelineStatus>? Statuses { get; init; }

    /// <summary>These pipelines.</summary>
    public IReadOnlyList<long>? PipelineIds { get; init; }

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

    /// <summary>Won or lost in this range.</summary>
    public TimeRange? ClosedAt { get; init; }

    /// <summary>With the next task due in this range.</summary>
    public TimeRange? ClosestTaskAt { get; init; }

    /// <summary>What to order by; null leaves it to Kommo.</summary>
    public LeadOrder? OrderBy { get; init; }

    /// <summary>Whether the order is from last to first.</summary>
    public bool Descending { get; init; }

    internal override void AddTo(QueryString query)
    {
        query.AddWith(With, WithNames);
        query.Add("query", Query);
        query.Add("filter[id]", Ids);
        query.Add("filter[name]", Names);
        query.Add("filter[price][from]", PriceFrom?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        query.Add("filter[price][to]", PriceTo?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        query.Add("filter[statuses]", Statuses);
        query.Add("filter[pipeline_id]", PipelineIds);
        query.Add("filter[created_by]", CreatedBy);
        query.Add("filter[updated_by]", UpdatedBy);
        query.Add("filter[responsible_user_id]", ResponsibleUserIds);
        query.Add("filter[created_at]", CreatedAt);
        query.Add("filter[updated_at]", UpdatedAt);
        query.Add("filter[closed_at]", ClosedAt);
        query.Add("filter[closest_task_at]", ClosestTaskAt);
        query.AddOrder(
            OrderBy switch
            {
                LeadOrder.Id => "id",
                LeadOrder.CreatedAt => "created_at",
                LeadOrder.UpdatedAt => "updated_at",
                _ => null,
            },
            Descending);
    }
}
