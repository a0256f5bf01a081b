namespace Kommo;

/// <summary>Which tasks to list (Kommo: Tasks). Everything left null does not narrow the list.</summary>
public sealed record TaskQuery : ListQuery
{
    /// <summary>These ids.</summary>
    public IReadOnlyList<long>? Ids { get; init; }

    /// <summary>Of these responsible users.</summary>
    public IReadOnlyList<long>? ResponsibleUserIds { get; init; }

    /// <summary>Done, or not done.</summary>
    public bool? IsCompleted { get; init; }

    /// <summary>Of these types.</summary>
    public IReadOnlyList<long>? TaskTypeIds { get; init; }

    /// <summary>On entities of this kind.</summary>
    public EntityType? EntityType { get; init; }

    /// <summary>On these entities; give <see cref="EntityType"/> with them.</summary>
    public IReadOnlyList<long>? EntityIds { get; init; }

    /// <summary>Last changed in this range.</summary>
    public TimeRange? UpdatedAt { get; init; }

    /// <summary>What to order by; null leaves it to Kommo.</summary>
    public TaskOrder? OrderBy { get; init; }

    /// <summary>Whether the order is from last to first.</summary>
    public bool Descending { get; init; }

    internal override void AddTo(QueryString query)
    {
        query.Add("filter[id]", Ids);
        query.Add("filter[responsible_user_id]", ResponsibleUserIds);
        query.Add("filter[is_completed]", IsCompleted);
        query.Add("filter[task_type]", TaskTypeIds);
        query.Add("filter[entity_type]", EntityType?.Name);
        query.Add("filter[entity_id]", EntityIds);
        query.Add("filter[updated_at]", UpdatedAt);
        query.AddOrder(OrderBy, Descending);
    }
}
