namespace Kommo;

/// <summary>What notes are asked to show besides their basics (Kommo: Notes, <c>with</c>).</summary>
[Flags]
public enum NoteWith
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>Whether the note is pinned.</summary>
    IsPinned = 1 << 0,
}
