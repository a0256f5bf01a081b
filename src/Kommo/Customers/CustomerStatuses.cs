namespace Kommo;

/// <summary>A status of customers with periodic purchases (Kommo: Customers, statuses). An account has at most 30.</summary>
public sealed class CustomerStatus : KommoObject
{
    /// <summary>The status's id.</summary>
    public long Id { get; set; }

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>Its place.</summary>
    public int? Sort { get; set; }

    /// <summary>Whether it is one of Kommo's own.</summary>
    public bool? IsDefault { get; set; }

    /// <summary>The colour.</summary>
    public StageColor? Color { get; set; }

    /// <summary>Its type.</summary>
    public int? Type { get; set; }

    /// <summary>The account's id.</summary>
    public long? AccountId { get; set; }
}

/// <summary>A status of customers to create.</summary>
public sealed record NewCustomerStatus : WriteItem
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>Its place.</summary>
    public int? Sort { get; init; }

    /// <summary>The colour.</summary>
    public StageColor? Color { get; init; }
}

/// <summary>A change to a status of customers.</summary>
public sealed record CustomerStatusUpdate : EntityUpdate
{
    /// <summary>The name.</summary>
    public Change<string> Name { get; init; }

    /// <summary>Its place.</summary>
    public Change<int> Sort { get; init; }

    /// <summary>The colour.</summary>
    public Change<StageColor> Color { get; init; }
}

/// <summary>The list of statuses takes no filter.</summary>
public sealed record CustomerStatusQuery : ListQuery
{
    internal override void AddTo(QueryString query)
    {
    }
}
