namespace Kommo;

/// <summary>Which templates to list (Kommo: Chat templates); at most 50 on a page.</summary>
public sealed record ChatTemplateQuery : ListQuery
{
    private const int LargestPage = 50;

    /// <summary>Lists all templates, unless something is set.</summary>
    public ChatTemplateQuery()
        : base(LargestPage)
    {
    }

    /// <summary>What to show besides the basics.</summary>
    public ChatTemplateWith With { get; init; }

    /// <summary>These ids of the integration's side; null does not narrow the list.</summary>
    public IReadOnlyList<string>? ExternalIds { get; init; }

    internal override void AddTo(QueryString query)
    {
        query.AddWith(With);
        query.Add("filter[external_id]", ExternalIds);
    }
}
