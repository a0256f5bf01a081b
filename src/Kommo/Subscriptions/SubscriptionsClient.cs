namespace Kommo;

/// <summary>The subscriptions of one entity: a lead or a customer (Kommo: Subscriptions).</summary>
public sealed class SubscriptionsClient : ReadableResource<Subscription, SubscriptionQuery>
{
    /// <param name="connection">The connection.</param>
    /// <param name="entities">The collection of the entities.</param>
    /// <param name="entityId">The entity's id.</param>
    internal SubscriptionsClient(KommoConnection connection, ResourceRoute entities, long entityId)
        : base(connection, entities.BelowOne(entityId, "/subscriptions", "subscriptions"))
    {
    }
}
