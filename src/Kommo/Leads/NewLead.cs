using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A lead to create, linked to contacts and companies that exist (Kommo: Leads, adding).</summary>
public sealed record NewLead : NewLeadFields
{
    /// <summary>Linked contacts and companies; Kommo ignores them anywhere else.</summary>
    [JsonPropertyName("_embedded")]
    public EntityEmbedded? Embedded { get; init; }
}
