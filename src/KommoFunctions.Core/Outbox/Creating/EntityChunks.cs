namespace KommoFunctions.Outbox;

/// <summary>Entities to ask for in one request; their ids go into the address, whose length is limited.</summary>
internal static class EntityChunks
{
    private const int EntitiesPerRequest = 40;

    public static IEnumerable<IReadOnlyList<long>> Of(IEnumerable<long> ids) => ids.Distinct().Chunk(EntitiesPerRequest);
}
