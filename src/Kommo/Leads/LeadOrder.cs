namespace Kommo;

/// <summary>What leads can be ordered by.</summary>
public enum LeadOrder
{
    /// <summary>The id.</summary>
    Id,

    /// <summary>When they were made.</summary>
    CreatedAt,

    /// <summary>When they changed last.</summary>
    UpdatedAt,
}
