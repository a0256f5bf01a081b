namespace Kommo;

/// <summary>A change to an entity, whose answer is found by the entity's id.</summary>
internal interface IBatchUpdate
{
    long Id { get; }
}
