using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>An entity to create or a change to one. What is left null, or unchanged, is not sent.</summary>
public abstract record WriteItem
{
    private protected WriteItem()
    {
    }

    /// <summary>A text that comes back in the answer, and by which an item's outcome is found. Left null, the client sets one.</summary>
    public string? RequestId { get; init; }

    /// <summary>Fields that this library has no name for.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? AdditionalFields { get; set; }

    /// <summary>Refuses what is against a documented limit now, as sending it would later: for what is stored before it is sent.</summary>
    /// <exception cref="KommoLimitException">The item is against a limit.</exception>
    public void Validate() => Require();

    /// <summary>What no other item of the same request may share: Kommo takes an entity once. Null for new ones.</summary>
    internal virtual string? Key => null;

    /// <summary>Refuses what is against a documented limit.</summary>
    /// <exception cref="KommoLimitException">The item is against a limit.</exception>
    internal virtual void Require()
    {
    }
}
