namespace Kommo;

/// <summary>Which incoming leads to list (Kommo: Incoming leads). Everything left null does not narrow the list.</summary>
public sealed record IncomingLeadQuery : ListQuery
{
    /// <summary>These ids.</summary>
    public IReadOnlyList<string>? Uids { get; init; }

    /// <summary>That came by these ways.</summary>
    public IReadOnlyList<IncomingLeadCategory>? Categories { get; init; }

    /// <summary>In this pipeline.</summary>
    public long? PipelineId { get; init; }

    /// <summary>What to order by; null leaves it to Kommo.</summary>
    public IncomingLeadOrder? OrderBy { get; init; }

    /// <summary>Whether the order is from last to first.</summary>
    public bool Descending { get; init; }

    internal override void AddTo(QueryString query)
    {
        query.Add("filter[uid]", Uids);
        query.Add("filter[category]", Categories?.Select(EnumNames<IncomingLeadCategory>.Of).ToList());
        query.Add("filter[pipeline_id]", PipelineId);
        query.AddOrder(OrderBy, Descending);
    }
}

/// <summary>Which incoming leads to count (Kommo: Incoming leads, summary).</summary>
public sealed record IncomingLeadSummaryQuery
{
    /// <summary>These ids.</summary>
    public IReadOnlyList<string>? Uids { get; init; }

    /// <summary>That came in this range.</summary>
    public TimeRange? CreatedAt { get; init; }

    /// <summary>In this pipeline.</summary>
    public long? PipelineId { get; init; }

    internal QueryString ToQueryString()
    {
        var query = new QueryString();
        query.Add("filter[uid]", Uids);
        query.Add("filter[created_at]", CreatedAt);
        query.Add("filter[pipeline_id]", PipelineId);
        return query;
    }
}

/// <summary>How incoming leads come.</summary>
public enum IncomingLeadCategory
{
    /// <summary>A call.</summary>
    Sip,

    /// <summary>A mail.</summary>
    Mail,

    /// <summary>A form.</summary>
    Forms,

    /// <summary>A chat.</summary>
    Chats,
}

/// <summary>What incoming leads can be ordered by.</summary>
public enum IncomingLeadOrder
{
    /// <summary>When they came.</summary>
    CreatedAt,

    /// <summary>When they changed last.</summary>
    UpdatedAt,
}
