using Kommo;

namespace KommoFunctions.Outbox;

/// <summary>Runs a bot for an entity; one that runs for it ends (Kommo: Salesbot, bots).</summary>
/// <param name="BotId">The bot.</param>
/// <param name="Entity">The kind of entity: leads, contacts or customers.</param>
/// <param name="EntityId">The entity.</param>
/// <example><code>context.Send(new RunBot(bot, EntityType.Leads, lead));</code></example>
public sealed record RunBot(long BotId, EntityType Entity, long EntityId) : KommoCommand
{
    internal override string Lane => BotLane.LaneName;

    internal override object Item => new BotAction(new BotRun { BotId = BotId, EntityId = EntityId, EntityType = Entity }, IsStop: false);

    internal override void Require() => BotLane.Require(BotId, Entity, EntityId, isStop: false);
}

/// <summary>Stops a bot that runs for a lead (Kommo: Salesbot, bots). One that does not run is no error.</summary>
/// <param name="BotId">The bot.</param>
/// <param name="LeadId">The lead.</param>
/// <example><code>context.Send(new StopBot(bot, lead));</code></example>
public sealed record StopBot(long BotId, long LeadId) : KommoCommand
{
    internal override string Lane => BotLane.LaneName;

    internal override object Item => new BotAction(new BotRun { BotId = BotId, EntityId = LeadId, EntityType = EntityType.Leads }, IsStop: true);

    internal override void Require() => BotLane.Require(BotId, EntityType.Leads, LeadId, isStop: true);
}
