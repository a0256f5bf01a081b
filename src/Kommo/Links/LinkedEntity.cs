using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A link that an entity has (Kommo: Links).</summary>
public sealed class LinkedEntity : KommoObject
{
    /// <summary>The entity that the link starts from; told where several were asked for.</summary>
    public long? EntityId { get; set; }

    /// <summary>That entity's kind.</summary>
    public EntityType? EntityType { get; set; }

    /// <summary>The entity that it leads to.</summary>
    public long ToEntityId { get; set; }

    /// <summary>That entity's kind.</summary>
    public EntityType? ToEntityType { get; set; }

    /// <summary>What more there is to say of the link.</summary>
    [JsonConverter(typeof(ObjectOrEmptyArrayConverter<LinkMetadata>))]
    public LinkMetadata? Metadata { get; set; }
}
