namespace Kommo;

/// <summary>What tasks can be ordered by.</summary>
public enum TaskOrder
{
    /// <summary>The id.</summary>
    Id,

    /// <summary>When they were made.</summary>
    CreatedAt,

    /// <summary>When they are due.</summary>
    CompleteTill,
}
