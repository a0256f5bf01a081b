using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A source of what Kommo AI knows (Kommo: AI sources).</summary>
public sealed class KnowledgeSource : KommoObject
{
    /// <summary>The source's id.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? Id { get; set; }

    /// <summary>The source's name; a page's is its address.</summary>
    public string? Name { get; set; }

    /// <summary>How far Kommo is with reading it.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? Status { get; set; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }
}
