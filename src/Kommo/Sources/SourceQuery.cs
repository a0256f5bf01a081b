namespace Kommo;

/// <summary>Which sources to list (Kommo: Sources); only those of this integration are ever shown.</summary>
public sealed record SourceQuery : ListQuery
{
    /// <summary>These ids of the integration's side; null does not narrow the list.</summary>
    public IReadOnlyList<string>? ExternalIds { get; init; }

    internal override void AddTo(QueryString query) => query.Add("filter[external_id]", ExternalIds);
}
