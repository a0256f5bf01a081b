using Kommo.Simulator.Entities;

namespace Kommo.Simulator.Api.Links;

/// <summary>Where a link leads to; to an element of a list when there is no kind.</summary>
internal sealed record EntityLink(EntityKind? ToKind, long ToId)
{
    public long? CatalogId { get; init; }

    public double Quantity { get; init; } = 1;

    public long? PriceId { get; init; }

    public bool IsMain { get; init; }

    public string ToType => ToKind?.Plural() ?? "catalog_elements";
}
