using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A link that an entity has (Kommo: Links).</summary>
public sealed class LinkedEntity : KommoObject
{
    /// <summary>The entity that the link starts from; told where several were asked for.</summary>
    public long? EntityId { get; init; }

    /// <summary>That entity's kind.</summary>
    public EntityType? EntityType { get; init; }

    /// <summary>The entity that it leads to.</summary>
    public long ToEntityId { get; init; }

    /// <summary>That entity's kind.</summary>
    public EntityType? ToEntityType { get; init; }

    /// <summary>What more there is to say of the link.</summary>
    [JsonConverter(typeof(ObjectOrEmptyArrayConverter<LinkMetadata>))]
    public LinkMetadata? Metadata { get; init; }
}
