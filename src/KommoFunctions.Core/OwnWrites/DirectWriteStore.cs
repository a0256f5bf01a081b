using System.Globalization;
using Azure;
using Azure.Data.Tables;
using KommoFunctions.Storage;

namespace KommoFunctions.OwnWrites;

/// <summary>
/// The writes that handlers make by themselves, in a partition an account: a mark for each while it is under way, since a hook may be faster than the
/// answer, and then a trace of what Kommo did. What concerns one entity lies side by side; so does all that is new of one kind.
/// </summary>
internal sealed class DirectWriteStore(TableClient table, IStorageClock clock)
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
            .Select(key => new TableEntity(Partition(accountId), key) { ["Since"] = since })
            .ToList();
        await SubmitAsync(marks.Select(mark => new TableTransactionAction(TableTransactionActionType.Add, mark)), cancellationToken);
        return marks;
    }

    /// <summary>Leaves the traces, then removes the marks. Not to be cancelled: the write is done.</summary>
    public async Task EndAsync(IReadOnlyList<TableEntity> marks, IEnumerable<(WriteTarget Target, WriteTrace Trace)> traces)
    {
        var rows = traces
            .Select(trace => Row(marks[0].PartitionKey, trace.Target, trace.Trace))
            .GroupBy(row => row.RowKey)
            .Select(same => new TableTransactionAction(TableTransactionActionType.UpsertMerge, same.Last()));
        await SubmitAsync(rows, CancellationToken.None);
        await SubmitAsync(
            marks.Select(mark => new TableTransactionAction(TableTransactionActionType.Delete, mark, ETag.All)), CancellationToken.None);
    }

    /// <summary>When the oldest write that began after <paramref name="after"/>, is still under way, and may have caused the event began; null when there is none.</summary>
    public async Task<DateTimeOffset?> UnderWaySinceAsync(long accountId, WriteTarget target, DateTimeOffset after, CancellationToken cancellationToken)
    {
        var (partition, first) = (Partition(accountId), MarksOf(target));
        var last = first[..^1] + ".";
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {first} and RowKey lt {last} and Since gt {after}");
        DateTimeOffset? oldest = null;
        await foreach (var row in table.QueryAsync<TableEntity>(filter, select: ["Since"], cancellationToken: cancellationToken))
        {
            oldest = row.GetDateTimeOffset("Since") is { } since && (oldest is null || since < oldest) ? since : oldest;
        }

        return oldest;
    }

    /// <summary>Whether a write has left this trace.</summary>
    public async Task<bool> HasTraceAsync(long accountId, WriteTarget target, WriteTrace trace, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(Partition(accountId), KeyOf(target, trace), trace.Actions, cancellationToken);
        return row.HasValue && trace.Actions.All(action => row.Value!.GetBoolean(action) == true);
    }

    /// <summary>Whether a handler has ever begun a write that could cause events of the kind.</summary>
    public async Task<bool> HasAnyAsync(long accountId, string kind, CancellationToken cancellationToken)
    {
        var (partition, first, last) = (Partition(accountId), $"{Prefix}{kind}-", $"{Prefix}{kind}.");
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {first} and RowKey lt {last}");
        return await table.QueryAsync<TableEntity>(filter, maxPerPage: 1, ["RowKey"], cancellationToken).AnyAsync(cancellationToken);
    }

    /// <summary>Forgets what was written before <paramref name="before"/>.</summary>
    public async Task<int> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var count = 0;
        var old = TableClient.CreateQueryFilter($"Timestamp lt {before}");
        await foreach (var row in table.QueryAsync<TableEntity>(old, select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken))
        {
            await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
            count++;
        }

        return count;
    }

    private async Task SubmitAsync(IEnumerable<TableTransactionAction> changes, CancellationToken cancellationToken)
    {
        foreach (var chunk in changes.Chunk(RowsPerTransaction))
        {
            await table.SubmitTransactionAsync(chunk, cancellationToken);
        }
    }

    /// <summary>A column an action, so that two changes of one entity in one second add up.</summary>
    private static TableEntity Row(string partition, WriteTarget target, WriteTrace trace)
    {
        var row = new TableEntity(partition, KeyOf(target, trace));
        foreach (var action in trace.Actions)
        {
            row[action] = true;
        }

        return row;
    }

    private static string KeyOf(WriteTarget target, WriteTrace trace) => $"{Prefix}{target.Kind}-own-{trace.Key}";

    private static string MarksOf(WriteTarget target) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{target.Kind}-going-{target.Id ?? 0}-");

    private static string Partition(long accountId) => accountId.ToString(CultureInfo.InvariantCulture);
}
