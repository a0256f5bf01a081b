using Kommo;

namespace KommoFunctions.Outbox;

/// <summary>What can be linked to what (Kommo: Links).</summary>
internal static class LinkRules
{
    private static readonly Dictionary<EntityType, EntityType[]> Targets = new()
    {
        [EntityType.Leads] = [EntityType.Contacts, EntityType.Companies, EntityType.CatalogElements],
        [EntityType.Contacts] = [EntityType.Companies, EntityType.Customers, EntityType.CatalogElements, EntityType.Leads],
        [EntityType.Companies] = [EntityType.Contacts, EntityType.Leads, EntityType.Customers, EntityType.CatalogElements],
        [EntityType.Customers] = [EntityType.Contacts, EntityType.Companies, EntityType.CatalogElements],
    };

    /// <exception cref="ArgumentException">Kommo has no such link, or an end of it is missing.</exception>
    public static void Require(EntityType entity, long entityId, Link link)
    {
        ArgumentNullException.ThrowIfNull(link);
        CommandCheck.Id(entityId, "The entity that a link starts from");
        CommandCheck.Id(link.ToEntityId, "The entity that a link leads to");
        if (!Targets.TryGetValue(entity, out var targets))
        {
            throw new ArgumentException($"Links start from {string.Join(", ", Targets.Keys)}, not from '{entity}'.");
        }

        if (!targets.Contains(link.ToEntityType))
        {
            throw new ArgumentException($"{entity} are linked to {string.Join(", ", targets)}, not to '{link.ToEntityType}'.");
        }

        if (link.ToEntityType == EntityType.CatalogElements)
        {
            CommandCheck.Id(link.Metadata?.CatalogId ?? 0, "The list of a linked element");
        }
    }
}
