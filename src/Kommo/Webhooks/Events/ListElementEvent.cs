namespace Kommo.Webhooks;

/// <summary>Something happened to an element of a list (<c>catalogs</c>).</summary>
public abstract class ListElementEvent : EntityEvent
{
    private protected ListElementEvent(EventSource source)
        : base(source)
    {
    }

    /// <summary>The list.</summary>
    public long? CatalogId => Fields.GetInt64("catalog_id"u8);

    /// <summary>Whether it is deleted.</summary>
    public bool? IsDeleted => Fields.GetBoolean("deleted"u8);
}

/// <summary>An element of a list was made.</summary>
public sealed class ListElementAdded : ListElementEvent
{
    internal ListElementAdded(EventSource source)
        : base(source)
    {
    }
}

/// <summary>An element of a list changed.</summary>
public sealed class ListElementUpdated : ListElementEvent
{
    internal ListElementUpdated(EventSource source)
        : base(source)
    {
    }
}

/// <summary>An element of a list was deleted.</summary>
public sealed class ListElementDeleted : ListElementEvent
{
    internal ListElementDeleted(EventSource source)
        : base(source)
    {
    }
}
