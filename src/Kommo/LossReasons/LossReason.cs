namespace Kommo;

/// <summary>A reason for losing a lead (Kommo: Leads, loss reasons).</summary>
public sealed class LossReason : KommoObject
{
    /// <summary>The reason's id.</summary>
    public long Id { get; set; }

    /// <summary>The reason.</summary>
    public string? Name { get; set; }

    /// <summary>Its place in the list.</summary>
    public int? Sort { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }
}

/// <summary>A reason for losing a lead, to create.</summary>
public sealed record NewLossReason : WriteItem
{
    /// <summary>The reason.</summary>
    public required string Name { get; init; }

    /// <summary>Its place in the list.</summary>
    public int? Sort { get; init; }
}

/// <summary>The list of loss reasons takes no filter.</summary>
public sealed record LossReasonQuery : ListQuery
{
    internal override void AddTo(QueryString query)
    {
    }
}
