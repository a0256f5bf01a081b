namespace Kommo;

/// <summary>
/// The tags of one kind of entity (Kommo: Tags). To put tags on an entity or take them off, change the entity: <c>TagsToAdd</c>,
/// <c>TagsToDelete</c>. Tags cannot be changed or deleted.
/// </summary>
public sealed class TagsClient : CreatableResource<Tag, TagQuery, NewTag, Tag>
{
    internal TagsClient(KommoConnection connection, ResourceRoute entities)
        : base(connection, entities.Below("/tags", "tags"))
    {
    }
}
