namespace Kommo;

/// <summary>One page of a list (Kommo: Limitations, paging).</summary>
/// <typeparam name="T">What the list holds.</typeparam>
public sealed class Page<T>
{
    internal Page(int number, IReadOnlyList<T> items, int? nextNumber) => (Number, Items, NextNumber) = (number, items, nextNumber);

    /// <summary>The page's number, counted from 1.</summary>
    public int Number { get; }

    /// <summary>What is on it.</summary>
    public IReadOnlyList<T> Items { get; }

    /// <summary>
    /// The number of the page that follows; null on the last one. A list that was left here goes on with
    /// <c>query with { Page = page.NextNumber.Value }</c>.
    /// </summary>
    public int? NextNumber { get; }
}
