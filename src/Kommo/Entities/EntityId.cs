namespace Kommo;

/// <summary>Names an entity by its id alone, as requests that delete many do.</summary>
internal sealed record EntityId(long Id);

internal static class EntityIds
{
    public static KommoCall WithIds(this KommoCall call, IEnumerable<long> ids) =>
        call.With<EntityId[]>([.. ids.Select(id => new EntityId(id))], KommoJson.TypeOf<EntityId[]>());
}
