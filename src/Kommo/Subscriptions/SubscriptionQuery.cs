namespace Kommo;

/// <summary>The subscriptions of an entity, which cannot be narrowed (Kommo: Subscriptions).</summary>
public sealed record SubscriptionQuery : ListQuery
{
    internal override void AddTo(QueryString query)
    {
    }
}
