namespace Kommo;

/// <summary>A range of time, both ends included and each optional (Kommo: Filters, <c>[from]</c> and <c>[to]</c>).</summary>
/// <param name="From">The earliest time; whole seconds.</param>
/// <param name="To">The latest time; whole seconds.</param>
public readonly record struct TimeRange(DateTimeOffset? From = null, DateTimeOffset? To = null)
{
    /// <summary>Everything from this time on.</summary>
    public static TimeRange Since(DateTimeOffset from) => new(from);
}
