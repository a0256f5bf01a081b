namespace Kommo;

/// <summary>What companies can be ordered by.</summary>
public enum CompanyOrder
{
    /// <summary>The id.</summary>
    Id,

    /// <summary>When they changed last.</summary>
    UpdatedAt,
}
