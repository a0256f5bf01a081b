namespace Kommo;

/// <summary>Which events to list (Kommo: Events). Everything left null does not narrow the list.</summary>
public sealed record EventQuery : ListQuery
{
    private readonly IReadOnlyList<string>? _ids;
    private readonly IReadOnlyList<long>? _createdBy;
    private readonly IReadOnlyList<long>? _entityIds;

    /// <summary>All events.</summary>
    public EventQuery()
        : base(KommoLimits.EventsPerPage)
    {
    }

    /// <summary>What to show besides the basics.</summary>
    public EventWith With { get; init; }

    /// <summary>These ids, at most 10.</summary>
    /// <exception cref="KommoLimitException">More than 10.</exception>
    public IReadOnlyList<string>? Ids
    {
        get => _ids;
        init
        {
            KommoLimitException.RequireAtMost(value?.Count, KommoLimits.ValuesPerEventFilter, "ids in a filter of events", nameof(Ids));
            _ids = value;
        }
    }

    /// <summary>Of these types; <c>custom_field_{id}_value_changed</c> must be the only one.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>In this range.</summary>
    public TimeRange? CreatedAt { get; init; }

    /// <summary>Done by these users, at most 10.</summary>
    /// <exception cref="KommoLimitException">More than 10.</exception>
    public IReadOnlyList<long>? CreatedBy
    {
        get => _createdBy;
        init
        {
            KommoLimitException.RequireAtMost(value?.Count, KommoLimits.ValuesPerEventFilter, "users in a filter of events", nameof(CreatedBy));
            _createdBy = value;
        }
    }

    /// <summary>That happened to entities of these kinds.</summary>
    public IReadOnlyList<EntityType>? EntityTypes { get; init; }

    /// <summary>That happened to these entities, at most 10; give one of <see cref="EntityTypes"/> with them.</summary>
    /// <exception cref="KommoLimitException">More than 10.</exception>
    public IReadOnlyList<long>? EntityIds
    {
        get => _entityIds;
        init
        {
            KommoLimitException.RequireAtMost(value?.Count, KommoLimits.ValuesPerEventFilter, "entities in a filter of events", nameof(EntityIds));
            _entityIds = value;
        }
    }

    /// <summary>That left these stages.</summary>
    public IReadOnlyList<PipelineStatus>? StatusesBefore { get; init; }

    /// <summary>That led to these stages.</summary>
    public IReadOnlyList<PipelineStatus>? StatusesAfter { get; init; }

    internal override void AddTo(QueryString query)
    {
        query.AddWith(With);
        query.Add("filter[id]", Ids);
        query.Add("filter[type]", Types);
        query.Add("filter[created_at]", CreatedAt);
        query.Add("filter[created_by]", CreatedBy);
        query.Add("filter[entity]", EntityTypes?.Select(type => type.Singular).ToList());
        query.Add("filter[entity_id]", EntityIds);
        query.Add("filter[value_before][leads_statuses]", StatusesBefore);
        query.Add("filter[value_after][leads_statuses]", StatusesAfter);
    }
}

/// <summary>What events are asked to show besides their basics (Kommo: Events, <c>with</c>).</summary>
[Flags]
public enum EventWith
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>Names of contacts.</summary>
    ContactName = 1 << 0,

    /// <summary>Names of leads.</summary>
    LeadName = 1 << 1,

    /// <summary>Names of companies.</summary>
    CompanyName = 1 << 2,

    /// <summary>Names of elements of lists.</summary>
    CatalogElementName = 1 << 3,

    /// <summary>Names of customers.</summary>
    CustomerName = 1 << 4,

    /// <summary>Names of lists.</summary>
    CatalogName = 1 << 5,
}
