namespace Kommo;

/// <summary>Which files of an entity to list (Kommo: Files, files of an entity).</summary>
public sealed record AttachedFileQuery : ListQuery
{
    /// <summary>Those with a link's id below this one; null for all.</summary>
    public long? BeforeId { get; init; }

    internal override void AddTo(QueryString query) => query.Add("before_id", BeforeId);
}
