namespace Kommo;

/// <summary>What contacts can be ordered by.</summary>
public enum ContactOrder
{
    /// <summary>The id.</summary>
    Id,

    /// <summary>When they changed last.</summary>
    UpdatedAt,
}
