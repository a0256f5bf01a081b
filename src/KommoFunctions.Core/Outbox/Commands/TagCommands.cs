using Kommo;

namespace KommoFunctions.Outbox;

/// <summary>Puts tags on a lead, contact, company or customer; those that it has stay. Sent as a change of the entity.</summary>
/// <param name="Entity">The kind of entity.</param>
/// <param name="EntityId">The entity.</param>
/// <param name="Names">The tags' names; an unknown name makes a new tag.</param>
/// <example><code>context.Send(new AddTags(EntityType.Leads, lead, "VIP", "Newsletter"));</code></example>
public sealed record AddTags(EntityType Entity, long EntityId, params IReadOnlyList<string> Names) : KommoCommand
{
    internal override string Lane => Lanes.UpdateOf(Entity);

    internal override object Item => TagUpdates.Of(Entity, EntityId, add: Names, delete: null);

    internal override void Require() => TagUpdates.Require(Entity, EntityId, Names);
}

/// <summary>Takes tags off a lead, contact, company or customer. Sent as a change of the entity.</summary>
/// <param name="Entity">The kind of entity.</param>
/// <param name="EntityId">The entity.</param>
/// <param name="Names">The tags' names.</param>
/// <example><code>context.Send(new RemoveTags(EntityType.Contacts, contact, "Newsletter"));</code></example>
public sealed record RemoveTags(EntityType Entity, long EntityId, params IReadOnlyList<string> Names) : KommoCommand
{
    internal override string Lane => Lanes.UpdateOf(Entity);

    internal override object Item => TagUpdates.Of(Entity, EntityId, add: null, delete: Names);

    internal override void Require() => TagUpdates.Require(Entity, EntityId, Names);
}
