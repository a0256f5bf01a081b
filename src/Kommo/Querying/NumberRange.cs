namespace Kommo;

/// <summary>A range of numbers, both ends included and each optional (Kommo: Filters, <c>[from]</c> and <c>[to]</c>).</summary>
/// <param name="From">The least.</param>
/// <param name="To">The greatest.</param>
public readonly record struct NumberRange(decimal? From = null, decimal? To = null);
