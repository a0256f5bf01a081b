using System.Runtime.CompilerServices;
using Azure.Data.Tables;

namespace KommoFunctions.Storage;

/// <summary>
/// Removes the old rows of a table: a page of up to 1,000 is read, then removed in transactions side by side, and so on. Table storage has no index by
/// time, so a pass looks through the whole table; its place is the key that storage names as the next one.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="every">The time between the starts of two complete passes.</param>
/// <param name="old">The filter for the rows that are past their time at a time.</param>
internal sealed class TableSweep(TableClient table, TimeSpan every, Func<DateTimeOffset, string> old) : ISweep
{
    private static readonly string[] Keys = ["PartitionKey", "RowKey", "Timestamp"];

    private readonly VersionedRows _rows = new(table);

    public string Name => table.Name;

    public TimeSpan Every => every;

    public async IAsyncEnumerable<SweptPage> RunAsync(
        DateTimeOffset now, string? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in table.QueryAsync<TableEntity>(old(now), select: Keys, cancellationToken: cancellationToken).AsPages(from))
        {
            yield return new SweptPage(await _rows.TryDeleteAllAsync(page.Values, cancellationToken), page.ContinuationToken);
        }
    }
}
