namespace Kommo.Webhooks;

/// <summary>
/// One thing that happened. Kommo promises neither order nor delivery exactly once, and an old value alone proves no
/// change: compare.
/// </summary>
public abstract class WebhookEvent : IEquatable<WebhookEvent>
{
    private protected WebhookEvent(EventSource source)
    {
        Entity = source.Entity;
        Action = source.Action;
        Fields = source.Fields;
    }

    /// <summary>
    /// The entity as Kommo's key names it: <c>leads</c>, <c>contacts</c> (companies too), <c>task</c>... Empty where
    /// the key has none (template review).
    /// </summary>
    public string Entity { get; }

    /// <summary>The action as Kommo's key names it: <c>add</c>, <c>update</c>, <c>status</c>...</summary>
    public string Action { get; }

    /// <summary>The entity's id; null when the item has none that is a number.</summary>
    public virtual long? EntityId => Fields.GetInt64("id"u8);

    /// <summary>The account's id, where the item repeats it.</summary>
    public long? AccountId => Fields.GetInt64("account_id"u8);

    /// <summary>
    /// When it happened: the time of the change as the item tells it, that of its making where there is no other; null when it tells
    /// none. Kommo's times are whole seconds.
    /// </summary>
    public virtual DateTimeOffset? OccurredAt =>
        Fields.GetTime("updated_at"u8)
        ?? Fields.GetTime("last_modified"u8)
        ?? Fields.GetTime("date_modify"u8)
        ?? Fields.GetTime("created_at"u8)
        ?? Fields.GetTime("date_create"u8);

    /// <summary>All fields as they came.</summary>
    public WebhookFields Fields { get; }

    /// <summary>Makes the event that an item of this entity and action is; an unknown one becomes an <see cref="UnknownEvent"/>.</summary>
    /// <exception cref="ArgumentException">No hook can carry such an item.</exception>
    public static WebhookEvent Create(string entity, string action, WebhookFields fields)
    {
        ArgumentNullException.ThrowIfNull(entity);
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(fields);
        ItemName.Require(entity, action, fields);
        return WebhookEventFactory.Create(new EventSource(entity, action, fields));
    }

    /// <summary>Whether both tell the same: entity, action and fields in their order.</summary>
    public bool Equals(WebhookEvent? other) =>
        other is not null && Entity == other.Entity && Action == other.Action && Fields.Equals(other.Fields);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as WebhookEvent);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Entity, Action, Fields);
}
