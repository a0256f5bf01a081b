using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>An entity linked to another one: a lead's contact, a contact's company, a list element.</summary>
public sealed record EntityLink
{
    /// <summary>The linked entity's id.</summary>
    public long Id { get; set; }

    /// <summary>Whether the contact is the lead's main one.</summary>
    public bool? IsMain { get; set; }

    /// <summary>Everything else that Kommo sent, such as a list element's <c>metadata</c>.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? AdditionalFields { get; set; }
}
