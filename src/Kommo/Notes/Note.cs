using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A note (Kommo: Notes).</summary>
public sealed class Note : KommoObject
{
    /// <summary>The note's id.</summary>
    public long Id { get; set; }

    /// <summary>The entity that it stands on.</summary>
    public long? EntityId { get; set; }

    /// <summary>Its type: one of <see cref="NoteTypes"/>, or a type that can only be read.</summary>
    public string? NoteType { get; set; }

    /// <summary>Its parameters.</summary>
    [JsonConverter(typeof(ObjectOrEmptyArrayConverter<NoteParams>))]
    public NoteParams? Params { get; set; }

    /// <summary>The user who made it; 0 for a robot.</summary>
    public long? CreatedBy { get; set; }

    /// <summary>The user who changed it last; 0 for a robot.</summary>
    public long? UpdatedBy { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }

    /// <summary>The responsible user.</summary>
    public long? ResponsibleUserId { get; set; }

    /// <summary>The responsible user's group.</summary>
    public long? GroupId { get; set; }

    /// <summary>The account's id.</summary>
    public long? AccountId { get; set; }

    /// <summary>Whether it is pinned.</summary>
    public bool? IsPinned { get; set; }
}
