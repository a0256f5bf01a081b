namespace Kommo;

/// <summary>A change to a list (Kommo: Lists, editing). A list's kind cannot change.</summary>
public sealed record CatalogUpdate : EntityUpdate
{
    /// <summary>The list's name.</summary>
    public Change<string> Name { get; init; }

    /// <summary>The list's place among the others.</summary>
    public Change<int> Sort { get; init; }

    /// <summary>Whether elements can be added in Kommo's interface.</summary>
    public Change<bool> CanAddElements { get; init; }

    /// <summary>Whether it has a tab in the cards of leads and customers.</summary>
    public Change<bool> CanShowInCards { get; init; }

    /// <summary>Whether one element can be linked to several entities.</summary>
    public Change<bool> CanLinkMultiple { get; init; }
}
