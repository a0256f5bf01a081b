using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A group of users.</summary>
public sealed class UserGroup
{
    /// <summary>The group's id; 0 is the default group.</summary>
    public long Id { get; init; }

    /// <summary>The group's name.</summary>
    public string? Name { get; init; }

    /// <summary>Everything else that Kommo sent.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? AdditionalFields { get; set; }
}
