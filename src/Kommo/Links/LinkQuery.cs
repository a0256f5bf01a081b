namespace Kommo;

/// <summary>Which links to list (Kommo: Links). Everything left null does not narrow the list.</summary>
public sealed record LinkQuery : ResourceQuery
{
    /// <summary>To this entity; give <see cref="ToEntityType"/> with it.</summary>
    public long? ToEntityId { get; init; }

    /// <summary>To entities of this kind.</summary>
    public EntityType? ToEntityType { get; init; }

    /// <summary>To elements of this list.</summary>
    public long? ToCatalogId { get; init; }

    internal override void AddTo(QueryString query)
    {
        query.Add("filter[to_entity_id]", ToEntityId);
        query.Add("filter[to_entity_type]", ToEntityType?.Name);
        query.Add("filter[to_catalog_id]", ToCatalogId);
    }
}
