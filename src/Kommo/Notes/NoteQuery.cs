namespace Kommo;

/// <summary>Which notes to list (Kommo: Notes). Everything left null does not narrow the list.</summary>
public sealed record NoteQuery : ListQuery
{
    /// <summary>These ids.</summary>
    public IReadOnlyList<long>? Ids { get; init; }

    /// <summary>On these entities.</summary>
    public IReadOnlyList<long>? EntityIds { get; init; }

    /// <summary>Of these types; <see cref="Kommo.NoteTypes"/> names those that can be written.</summary>
    public IReadOnlyList<string>? NoteTypes { get; init; }

    /// <summary>Last changed in this range.</summary>
    public TimeRange? UpdatedAt { get; init; }

    /// <summary>What to show besides the basics.</summary>
    public NoteWith With { get; init; }

    /// <summary>What to order by; null leaves it to Kommo.</summary>
    public NoteOrder? OrderBy { get; init; }

    /// <summary>Whether the order is from last to first.</summary>
    public bool Descending { get; init; }

    internal override void AddTo(QueryString query)
    {
        query.AddWith(With);
        query.Add("filter[id]", Ids);
        query.Add("filter[entity_id]", EntityIds);
        query.Add("filter[note_type]", NoteTypes);
        query.Add("filter[updated_at]", UpdatedAt);
        query.AddOrder(OrderBy, Descending);
    }
}
