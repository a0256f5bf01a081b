using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>
/// Something that happened (Kommo: Events). Only here are a task's completion, a note's deletion and changes of tags and links told;
/// hooks do not tell them. Named so that it is not taken for an event of the language.
/// </summary>
public sealed class KommoEvent : KommoObject
{
    /// <summary>The event's id.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string Id { get; set; } = "";

    /// <summary>What happened, such as one of <see cref="KommoEventTypes"/>.</summary>
    public string? Type { get; set; }

    /// <summary>The entity that it happened to.</summary>
    public long? EntityId { get; set; }

    /// <summary>That entity's kind.</summary>
    public EntityType? EntityType { get; set; }

    /// <summary>The user who did it; 0 for a robot.</summary>
    public long? CreatedBy { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>What was after it; the shape depends on the type.</summary>
    public JsonElement? ValueAfter { get; set; }

    /// <summary>What was before it; the shape depends on the type.</summary>
    public JsonElement? ValueBefore { get; set; }

    /// <summary>The account's id.</summary>
    public long? AccountId { get; set; }
}

/// <summary>A type of events (Kommo: Events, types).</summary>
public sealed class KommoEventType : KommoObject
{
    /// <summary>The type's name, as in <see cref="KommoEvent.Type"/>.</summary>
    public string Key { get; set; } = "";

    /// <summary>A number of old.</summary>
    public int? Type { get; set; }

    /// <summary>The type in words.</summary>
    public string? Lang { get; set; }
}
