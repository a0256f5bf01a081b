namespace Kommo;

/// <summary>Which talks to list (Kommo: Talks, list; new in 2026). Everything left null does not narrow the list.</summary>
public sealed record TalkQuery : ListQuery
{
    /// <summary>These talks.</summary>
    public IReadOnlyList<long>? TalkIds { get; init; }

    /// <summary>With these contacts.</summary>
    public IReadOnlyList<long>? ContactIds { get; init; }

    /// <summary>Whether only open ones are listed.</summary>
    public bool? OnlyInWork { get; init; }

    internal override void AddTo(QueryString query)
    {
        query.Add("filter[talk_id]", TalkIds);
        query.Add("filter[contact_id]", ContactIds);
        query.Add("filter[only_in_work]", OnlyInWork);
    }
}
