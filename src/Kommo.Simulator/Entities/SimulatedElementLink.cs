namespace Kommo.Simulator;

/// <summary>An element of a list that hangs on an entity.</summary>
/// <param name="CatalogId">The list.</param>
/// <param name="ElementId">The element.</param>
/// <param name="Quantity">How many of it.</param>
/// <param name="PriceId">The custom field with its price; null for the list's own.</param>
public sealed record SimulatedElementLink(long CatalogId, long ElementId, double Quantity = 1, long? PriceId = null);
