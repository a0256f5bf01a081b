using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A note (Kommo: Notes).</summary>
public sealed class Note : KommoObject
{
    /// <summary>The note's id.</summary>
    public long Id { get; init; }

    /// <summary>The entity that it stands on.</summary>
    public long? EntityId { get; init; }

    /// <summary>Its type: one of <see cref="NoteTypes"/>, or a type that can only be read.</summary>
    public string? NoteType { get; init; }

    /// <summary>Its parameters.</summary>
    [JsonConverter(typeof(ObjectOrEmptyArrayConverter<NoteParams>))]
    public NoteParams? Params { get; init; }

    /// <summary>The user who made it; 0 for a robot.</summary>
    public long? CreatedBy { get; init; }

    /// <summary>The user who changed it last; 0 for a robot.</summary>
    public long? UpdatedBy { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The responsible user.</summary>
    public long? ResponsibleUserId { get; init; }

    /// <summary>The responsible user's group.</summary>
    public long? GroupId { get; init; }

    /// <summary>The account's id.</summary>
    public long? AccountId { get; init; }

    /// <summary>Whether it is pinned.</summary>
    public bool? IsPinned { get; init; }
}
