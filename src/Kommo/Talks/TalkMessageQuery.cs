namespace Kommo;

/// <summary>Which messages of a talk to list (Kommo: Talks, messages; new in 2026).</summary>
public sealed record TalkMessageQuery : ListQuery
{
    /// <summary>Written in this range; null does not narrow the list.</summary>
    public TimeRange? CreatedAt { get; init; }

    internal override void AddTo(QueryString query) => query.Add("filter[created_at]", CreatedAt);
}
