using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;

namespace KommoFunctions.Storage;

#pragma warning disable RS0030 // This is the class that everybody else is to use.

/// <summary>
/// The rows of one table, written by compare-and-swap: a write succeeds only if nobody else has written the row since it was read. Each write
/// carries a stamp. When storage acts but its answer is lost, the client repeats the request and hears of a conflict with itself; the stamp in the
/// row tells that from a conflict with somebody else. The same holds for inserts.
/// </summary>
/// <remarks>A write without a condition has to say why it may overwrite what others wrote. Only this class calls the SDK's write methods.</remarks>
/// <param name="table">The table.</param>
/// <param name="time">The clock of the waits between attempts.</param>
internal sealed class VersionedRows(TableClient table, TimeProvider time)
{
    private const string Stamp = "Stamp";

    /// <summary>Attempts of <see cref="RetryAsync"/>; the waits between them add up to about ten seconds.</summary>
    private const int MaxAttempts = 40;

    /// <summary>What a transaction takes.</summary>
    private const int MaxRowsPerTransaction = 100;

    /// <summary>Transactions of a large removal that are under way at a time: a partition takes 2,000 rows a second, an account 20,000 requests.</summary>
    private const int MaxTransactions = 32;

    private static readonly TimeSpan MaxBackoff = TimeSpan.FromMilliseconds(300);

    /// <summary>The table's name.</summary>
    public string Table => table.Name;

    /// <summary>The row; null when there is none.</summary>
    public async Task<TableEntity?> FindAsync(
        string partitionKey, string rowKey, CancellationToken cancellationToken, IEnumerable<string>? select = null)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey, select, cancellationToken);
        return found.HasValue ? found.Value : null;
    }

    /// <summary>The rows that match a filter, in the order of their keys; a request for each page of at most 1,000.</summary>
    public async IAsyncEnumerable<TableEntity> QueryAsync(
        string filter, [EnumeratorCancellation] CancellationToken cancellationToken, IEnumerable<string>? select = null, int? pageSize = null)
    {
        await foreach (var row in table.QueryAsync<TableEntity>(filter, pageSize, select, cancellationToken))
        {
            yield return row;
        }
    }

    /// <summary>The rows that match a filter, in pages of at most 1,000, from the place on that a page before names as the next one.</summary>
    public IAsyncEnumerable<Page<TableEntity>> QueryPagesAsync(string filter, string? from, IEnumerable<string> select, CancellationToken cancellationToken) =>
        table.QueryAsync<TableEntity>(filter, select: select, cancellationToken: cancellationToken).AsPages(from);

    /// <summary>Inserts a row and sets its ETag.</summary>
    /// <returns>False when somebody else's row is there.</returns>
    public Task<bool> TryAddAsync(TableEntity row, CancellationToken cancellationToken) =>
        TryWriteAsync(row, () => table.AddEntityAsync(row, cancellationToken), cancellationToken);

    /// <summary>Inserts a row and sets its ETag, or reads the one that is there.</summary>
    /// <returns>Null when the row was inserted; else somebody else's row.</returns>
    /// <exception cref="NotNowException">Others insert and remove the row faster than this process can read it.</exception>
    public async Task<TableEntity?> AddOrFindAsync(TableEntity row, CancellationToken cancellationToken)
    {
        TableEntity? other = null;
        await RetryAsync(
            row.PartitionKey,
            row.RowKey,
            async () =>
            {
                (var isDone, other) = await WriteAsync(row, () => table.AddEntityAsync(row, cancellationToken), select: null, cancellationToken);
                return isDone || other is not null;
            },
            cancellationToken);
        return other;
    }

    /// <summary>Replaces a row that was read or written with its present <see cref="TableEntity.ETag"/>, and sets the new one.</summary>
    /// <returns>False when somebody else has changed or removed it.</returns>
    public Task<bool> TryReplaceAsync(TableEntity row, CancellationToken cancellationToken) =>
        TryWriteAsync(row, () => table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, cancellationToken), cancellationToken);

    /// <summary>Changes some columns of a row that was read with <paramref name="known"/>, and sets the change's ETag to the row's new one.</summary>
    /// <returns>False when somebody else has changed or removed it.</returns>
    public Task<bool> TryMergeAsync(TableEntity change, ETag known, CancellationToken cancellationToken) =>
        TryWriteAsync(change, () => table.UpdateEntityAsync(change, known, TableUpdateMode.Merge, cancellationToken), cancellationToken);

    /// <summary>Removes a row that was read or written with its present <see cref="TableEntity.ETag"/>.</summary>
    /// <returns>False when somebody else has changed it. A row that is gone counts as removed.</returns>
    public async Task<bool> TryDeleteAsync(TableEntity row, CancellationToken cancellationToken)
    {
        try
        {
            await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, row.ETag, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 412)
        {
            return false;
        }
    }

    /// <summary>
    /// Removes many rows, each as <see cref="TryDeleteAsync"/> does: in transactions of the rows of one partition, side by side. A row whose
    /// <see cref="TableEntity.ETag"/> is <see cref="ETag.All"/> is removed whatever it holds.
    /// </summary>
    /// <returns>How many are gone.</returns>
    public async Task<int> TryDeleteAllAsync(IEnumerable<TableEntity> rows, CancellationToken cancellationToken)
    {
        var gone = 0;
        await Parallel.ForEachAsync(
            rows.GroupBy(row => row.PartitionKey).SelectMany(partition => partition.Chunk(MaxRowsPerTransaction)),
            new ParallelOptions { MaxDegreeOfParallelism = MaxTransactions, CancellationToken = cancellationToken },
            async (chunk, token) => Interlocked.Add(ref gone, await TryDeleteTogetherAsync(chunk, token)));
        return gone;
    }

    /// <summary>Reads a row, changes it, and writes it; again from the start when somebody else was faster.</summary>
    /// <param name="partitionKey">The row's partition.</param>
    /// <param name="rowKey">The row's key.</param>
    /// <param name="change">
    /// Gets the row, null when there is none, and returns what it is to become: that row changed, a new one, or null to leave everything as it is.
    /// May be called several times.
    /// </param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The row as written; null when nothing was to be written.</returns>
    /// <exception cref="NotNowException">Others changed the row faster than this process could.</exception>
    public async Task<TableEntity?> UpdateAsync(
        string partitionKey, string rowKey, Func<TableEntity?, TableEntity?> change, CancellationToken cancellationToken)
    {
        TableEntity? written = null;
        await RetryAsync(
            partitionKey,
            rowKey,
            async () =>
            {
                var found = await FindAsync(partitionKey, rowKey, cancellationToken);
                written = change(found);
                return written is null
                    || await (found is null ? TryAddAsync(written, cancellationToken) : TryReplaceAsync(written, cancellationToken));
            },
            cancellationToken);
        return written;
    }

    /// <summary>Attempts something that others may come between, until they do not, with a wait of up to 0.3 seconds after each attempt that failed.</summary>
    /// <param name="partitionKey">The partition of the row that it is about.</param>
    /// <param name="rowKey">That row's key.</param>
    /// <param name="attempt">Reads what is there, and writes by compare-and-swap; says whether it is done.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="NotNowException">Others changed the row faster than this process could, 40 times.</exception>
    public async Task RetryAsync(string partitionKey, string rowKey, Func<Task<bool>> attempt, CancellationToken cancellationToken)
    {
        for (var number = 1; number <= MaxAttempts; number++)
        {
            if (await attempt())
            {
                return;
            }

            await Task.Delay(MaxBackoff * Random.Shared.NextDouble(), time, cancellationToken);
        }

        throw new NotNowException($"The row {partitionKey}/{rowKey} of {table.Name} is changed by others all the time.", MaxBackoff);
    }

    /// <summary>Writes a row whatever is there.</summary>
    /// <param name="row">The row.</param>
    /// <param name="mode">Whether columns that are not named stay.</param>
    /// <param name="because">Why nothing of anybody else's can be lost by it; for the reader of the code.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public Task OverwriteAsync(TableEntity row, TableUpdateMode mode, string because, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(because);
        return table.UpsertEntityAsync(row, mode, cancellationToken);
    }

    /// <summary>Removes a row whatever it holds; one that is gone is no error.</summary>
    /// <param name="partitionKey">The row's partition.</param>
    /// <param name="rowKey">The row's key.</param>
    /// <param name="because">Why nothing of anybody else's can be lost by it; for the reader of the code.</param>
    /// <param name="cancellationToken">Ends the removal.</param>
    public Task RemoveAsync(string partitionKey, string rowKey, string because, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(because);
        return table.DeleteEntityAsync(partitionKey, rowKey, ETag.All, cancellationToken);
    }

    /// <summary>Writes up to 100 rows of one partition, all or nothing.</summary>
    /// <param name="actions">The changes.</param>
    /// <param name="because">Why nothing of anybody else's can be lost by it; for the reader of the code.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <exception cref="TableTransactionFailedException">One of them failed, so none was done.</exception>
    public Task SubmitAsync(IEnumerable<TableTransactionAction> actions, string because, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(because);
        return table.SubmitTransactionAsync(actions, cancellationToken);
    }

    private async Task<bool> TryWriteAsync(TableEntity row, Func<Task<Response>> write, CancellationToken cancellationToken) =>
        (await WriteAsync(row, write, [Stamp], cancellationToken)).IsDone;

    /// <summary>
    /// A table that is missing, or is being deleted for some seconds, is answered with the same status as a row of somebody else's. It is a failure of storage:
    /// nothing is there that could have been written instead.
    /// </summary>
    /// <returns>Whether the row is as it was to be; else the row that is there, or null when there is none.</returns>
    private async Task<(bool IsDone, TableEntity? Other)> WriteAsync(
        TableEntity row, Func<Task<Response>> write, IEnumerable<string>? select, CancellationToken cancellationToken)
    {
        var stamp = Guid.NewGuid().ToString("N");
        row[Stamp] = stamp;
        try
        {
            SetETag(row, await write());
            return (true, null);
        }
        catch (RequestFailedException e) when (
            e.Status is 404 or 409 or 412 && e.ErrorCode != TableErrorCode.TableNotFound && e.ErrorCode != TableErrorCode.TableBeingDeleted)
        {
            var found = await FindAsync(row.PartitionKey, row.RowKey, cancellationToken, select);
            if (found?.GetString(Stamp) != stamp)
            {
                return (false, found);
            }

            row.ETag = found.ETag;
            return (true, null);
        }
    }

    /// <summary>One row that is gone or changed fails the whole transaction: then each is removed by itself.</summary>
    private async Task<int> TryDeleteTogetherAsync(TableEntity[] rows, CancellationToken cancellationToken)
    {
        if (rows.Length > 1)
        {
            try
            {
                await table.SubmitTransactionAsync(
                    rows.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, row.ETag)), cancellationToken);
                return rows.Length;
            }
            catch (TableTransactionFailedException e) when (e.Status is 404 or 412)
            {
                // Found out below which.
            }
        }

        var gone = 0;
        foreach (var row in rows)
        {
            gone += await TryDeleteAsync(row, cancellationToken) ? 1 : 0;
        }

        return gone;
    }

    private static void SetETag(TableEntity row, Response response) =>
        row.ETag = response.Headers.ETag ?? throw new InvalidOperationException("Table storage returned no ETag.");
}
