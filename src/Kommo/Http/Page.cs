namespace Kommo;

/// <summary>One page of a list, or the answer to a write of many.</summary>
/// <param name="Items">The entities.</param>
/// <param name="Next">Where the next page is; null on the last one.</param>
internal readonly record struct Page<T>(IReadOnlyList<T> Items, string? Next);
