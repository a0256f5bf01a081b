namespace Kommo;

/// <summary>Limits that Kommo sets on one request (Kommo: Limitations).</summary>
public static class KommoLimits
{
    /// <summary>The most entities one request may read or write. Kommo answers 422 above it.</summary>
    public const int EntitiesPerRequest = 250;

    /// <summary>The number of entities per write that Kommo recommends; larger batches are likelier to end in a 504.</summary>
    public const int RecommendedEntitiesPerWrite = 50;
}
