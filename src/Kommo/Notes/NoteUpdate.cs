using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A change to a note (Kommo: Notes, editing).</summary>
public sealed record NoteUpdate : EntityUpdate
{
    /// <summary>The note's type, which Kommo wants beside its parameters.</summary>
    public Change<string> NoteType { get; init; }

    /// <summary>Its parameters.</summary>
    public NoteParams? Params { get; init; }

    /// <summary>The entity that it stands on.</summary>
    public Change<long> EntityId { get; init; }

    /// <summary>The responsible user.</summary>
    public Change<long> ResponsibleUserId { get; init; }
}
