using System.Runtime.CompilerServices;

namespace KommoFunctions.Storage;

/// <summary>
/// Removes the old rows of a table: a page of up to 1,000 is read, then removed in transactions side by side, and so on. Table storage has no index by
/// time, so a pass looks through the whole table; its place is the key that storage names as the next one.
/// </summary>
/// <param name="rows">The table's rows.</param>
/// <param name="every">The time between the starts of two complete passes.</param>
/// <param name="old">The filter for the rows that are past their time at a time.</param>
internal sealed class TableSweep(VersionedRows rows, TimeSpan every, Func<DateTimeOffset, CancellationToken, ValueTask<string>> old) : ISweep
{
    private static readonly string[] Keys = ["PartitionKey", "RowKey", "Timestamp"];

    public TableSweep(VersionedRows rows, TimeSpan every, Func<DateTimeOffset, string> old)
        : this(rows, every, (now, _) => ValueTask.FromResult(old(now)))
    {
    }

    public string Name => rows.Table;

    public TimeSpan Every => every;

    public async IAsyncEnumerable<SweptPage> RunAsync(
        DateTimeOffset now, string? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = await old(now, cancellationToken);
        await foreach (var page in rows.QueryPagesAsync(filter, from, Keys, cancellationToken))
        {
            yield return new SweptPage(await rows.TryDeleteAllAsync(page.Values, cancellationToken), page.ContinuationToken);
        }
    }
}
