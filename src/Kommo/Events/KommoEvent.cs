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
    public string Id { get; init; } = "";

    /// <summary>What happened, such as one of <see cref="KommoEventTypes"/>.</summary>
    public string? Type { get; init; }

    /// <summary>The entity that it happened to.</summary>
    public long? EntityId { get; init; }

    /// <summary>That entity's kind.</summary>
    public EntityType? EntityType { get; init; }

    /// <summary>The user who did it; 0 for a robot.</summary>
    public long? CreatedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>What was after it; the shape depends on the type.</summary>
    public JsonElement? ValueAfter { get; init; }

    /// <summary>What was before it; the shape depends on the type.</summary>
    public JsonElement? ValueBefore { get; init; }

    /// <summary>The account's id.</summary>
    public long? AccountId { get; init; }
}

/// <summary>A type of events (Kommo: Events, types).</summary>
public sealed class KommoEventType : KommoObject
{
    /// <summary>The type's name, as in <see cref="KommoEvent.Type"/>.</summary>
    public string Key { get; init; } = "";

    /// <summary>A number of old.</summary>
    public int? Type { get; init; }

    /// <summary>The type in words.</summary>
    public string? Lang { get; init; }
}
