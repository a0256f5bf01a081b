using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>Whom a short link is for (Kommo: Short links, <c>metadata</c>).</summary>
public sealed record ShortLinkMetadata
{
    /// <summary>The entity's id.</summary>
    public long EntityId { get; init; }

    /// <summary>The entity's kind.</summary>
    public EntityType EntityType { get; init; }

    /// <summary>Everything else that Kommo sent.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? AdditionalFields { get; set; }
}
