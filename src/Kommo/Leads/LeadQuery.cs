namespace Kommo;

/// <summary>Which leads to list (Kommo: Leads, Filters). Everything left null does not narrow the list.</summary>
public sealed record LeadQuery : EntityQuery<LeadWith, LeadOrder>
{
    /// <summary>With a value in this range, in the account's currency.</summary>
    public NumberRange? Price { get; init; }

    /// <summary>In these stages, each with its pipeline.</summary>
    public IReadOnlyList<PipelineStatus>? Statuses { get; init; }

    /// <summary>In these pipelines.</summary>
    public IReadOnlyList<long>? PipelineIds { get; init; }

    /// <summary>Won or lost in this range.</summary>
    public TimeRange? ClosedAt { get; init; }

    internal override void AddTo(QueryString query)
    {
        base.AddTo(query);
        query.Add("filter[price]", Price);
        query.Add("filter[statuses]", Statuses);
        query.Add("filter[pipeline_id]", PipelineIds);
        query.Add("filter[closed_at]", ClosedAt);
    }
}
