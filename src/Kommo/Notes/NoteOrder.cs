namespace Kommo;

/// <summary>What notes can be ordered by.</summary>
public enum NoteOrder
{
    /// <summary>The id.</summary>
    Id,

    /// <summary>When they changed last.</summary>
    UpdatedAt,
}
