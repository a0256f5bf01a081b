using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A change to a note (Kommo: Notes, editing). Null is not sent.</summary>
public sealed record NoteUpdate : IBatchUpdate
{
    /// <summary>The note's id.</summary>
    public required long Id { get; init; }

    /// <summary>The note's type, which Kommo wants beside its parameters.</summary>
    public string? NoteType { get; init; }

    /// <summary>Its parameters.</summary>
    public NoteParams? Params { get; init; }

    /// <summary>The entity that it stands on.</summary>
    public long? EntityId { get; init; }

    /// <summary>The responsible user.</summary>
    public long? ResponsibleUserId { get; init; }

    /// <summary>A text that Kommo may repeat in its answer.</summary>
    public string? RequestId { get; init; }

    /// <summary>Fields that this library has no name for, and JSON nulls.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? AdditionalFields { get; set; }
}
