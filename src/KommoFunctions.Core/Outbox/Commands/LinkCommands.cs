using Kommo;

namespace KommoFunctions.Outbox;

/// <summary>Links an entity to another one, or to an element of a list (Kommo: Links). A link that is there stays.</summary>
/// <param name="Entity">The kind of entity that the link starts from.</param>
/// <param name="EntityId">That entity.</param>
/// <param name="Link">Where it leads; <see cref="Kommo.Link"/> has a factory for each kind.</param>
/// <example><code>context.Send(new LinkEntities(EntityType.Leads, lead, Link.ToContact(contact, isMain: true)));</code></example>
public sealed record LinkEntities(EntityType Entity, long EntityId, Link Link) : KommoCommand
{
    internal override string Lane => LinkLane.LaneName;

    internal override object Item => new LinkChange(Entity, Link with { EntityId = EntityId }, IsUnlink: false);

    internal override void Require() => LinkRules.Require(Entity, EntityId, Link);
}

/// <summary>Takes a link away (Kommo: Links). One that is not there is no error.</summary>
/// <param name="Entity">The kind of entity that the link starts from.</param>
/// <param name="EntityId">That entity.</param>
/// <param name="Link">Where it leads.</param>
/// <example><code>context.Send(new UnlinkEntities(EntityType.Contacts, contact, Link.ToCompany(company)));</code></example>
public sealed record UnlinkEntities(EntityType Entity, long EntityId, Link Link) : KommoCommand
{
    internal override string Lane => LinkLane.LaneName;

    internal override object Item => new LinkChange(Entity, Link with { EntityId = EntityId }, IsUnlink: true);

    internal override void Require() => LinkRules.Require(Entity, EntityId, Link);
}
