using System.Globalization;
using Azure;
using Azure.Data.Tables;
using KommoFunctions.Storage;

namespace KommoFunctions.OwnWrites;

/// <summary>
/// The writes that handlers make by themselves, in a partition an account: a mark for each while it is under way, since a hook may be faster than the
/// answer, and then a trace of what Kommo did. What concerns one entity lies side by side; so does all that is new of one kind.
/// </summary>
internal sealed class DirectWriteStore(VersionedRows rows, IStorageClock clock)
{
    private const string Prefix = "write-";
    private const int RowsPerTransaction = 100;

    /// <summary>Marks a write as under way.</summary>
    public async Task<IReadOnlyList<TableEntity>> BeginAsync(long accountId, DirectWrite write, CancellationToken cancellationToken)
    {
        var name = Guid.NewGuid().ToString("N");
        var since = clock.Now.Earliest;
        var marks = write.Targets
            .Select(target => MarksOf(target) + name)
            .Distinct()
            .Select(key => new TableEntity(Partition(accountId), key) { ["Since"] = since, ETag = ETag.All })
            .ToList();
        await SubmitAsync(
            marks.Select(mark => new TableTransactionAction(TableTransactionActionType.UpsertReplace, mark)),
            because: "the keys name this write alone, so it can only meet itself, when an answer was lost",
            cancellationToken);
        return marks;
    }

    /// <summary>Leaves the traces, then removes the marks. Not to be cancelled: the write is done.</summary>
    public async Task EndAsync(IReadOnlyList<TableEntity> marks, IEnumerable<(WriteTarget Target, WriteTrace Trace)> traces)
    {
        var left = traces
            .GroupBy(trace => KeyOf(trace.Target, trace.Trace), trace => trace.Trace)
            .Select(same => new TableTransactionAction(TableTransactionActionType.UpsertMerge, TraceRow.Of(marks[0].PartitionKey, same.Key, same)));
        await SubmitAsync(left, because: "traces add up: what others have left in the row stays", CancellationToken.None);
        await rows.TryDeleteAllAsync(marks, CancellationToken.None);
    }

    /// <summary>When the oldest write that began after <paramref name="after"/>, is still under way, and may have caused the event began; null when there is none.</summary>
    public async Task<DateTimeOffset?> UnderWaySinceAsync(long accountId, WriteTarget target, DateTimeOffset after, CancellationToken cancellationToken)
    {
        var (partition, first) = (Partition(accountId), MarksOf(target));
        var last = first[..^1] + ".";
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {first} and RowKey lt {last} and Since gt {after}");
        DateTimeOffset? oldest = null;
        await foreach (var row in rows.QueryAsync(filter, cancellationToken, ["Since"]))
        {
            oldest = row.GetDateTimeOffset("Since") is { } since && (oldest is null || since < oldest) ? since : oldest;
        }

        return oldest;
    }

    /// <summary>Whether a write has left this trace.</summary>
    public async Task<bool> HasTraceAsync(long accountId, WriteTarget target, WriteTrace trace, CancellationToken cancellationToken) =>
        TraceRow.Tells(await rows.FindAsync(Partition(accountId), KeyOf(target, trace), cancellationToken), trace);

    /// <summary>Whether a handler has ever begun a write that could cause events of the kind.</summary>
    public async Task<bool> HasAnyAsync(long accountId, string kind, CancellationToken cancellationToken)
    {
        var (partition, first, last) = (Partition(accountId), $"{Prefix}{kind}-", $"{Prefix}{kind}.");
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {first} and RowKey lt {last}");
        return await rows.QueryAsync(filter, cancellationToken, ["RowKey"], pageSize: 1).AnyAsync(cancellationToken);
    }

    /// <summary>Removes what was written longer ago than <paramref name="keep"/>.</summary>
    public ISweep Sweep(TimeSpan every, TimeSpan keep) => new TableSweep(rows, every, now => TableClient.CreateQueryFilter($"Timestamp lt {now - keep}"));

    private async Task SubmitAsync(IEnumerable<TableTransactionAction> changes, string because, CancellationToken cancellationToken)
    {
        foreach (var chunk in changes.Chunk(RowsPerTransaction))
        {
            await rows.SubmitAsync(chunk, because, cancellationToken);
        }
    }

    private static string KeyOf(WriteTarget target, WriteTrace trace) => $"{Prefix}{target.Kind}-own-{trace.Key}";

    private static string MarksOf(WriteTarget target) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{target.Kind}-going-{target.Id ?? 0}-");

    private static string Partition(long accountId) => accountId.ToString(CultureInfo.InvariantCulture);
}
