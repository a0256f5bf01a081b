using Azure;
using Azure.Data.Tables;

namespace KommoFunctions.Locks;

/// <summary>
/// Writes a lock's row by compare-and-swap. Each write has a stamp of its own: when the answer to a write is lost, the client asks again and
/// is told that the row has changed, and only the stamp tells that it was this write that changed it.
/// </summary>
internal static class LockRow
{
    private const string Stamp = "Stamp";

    public static Task<bool> TryAddAsync(TableClient table, TableEntity row, CancellationToken cancellationToken) =>
        TryWriteAsync(table, row, () => table.AddEntityAsync(row, cancellationToken), cancellationToken);

    public static Task<bool> TryReplaceAsync(TableClient table, TableEntity row, ETag known, CancellationToken cancellationToken) =>
        TryWriteAsync(table, row, () => table.UpdateEntityAsync(row, known, TableUpdateMode.Replace, cancellationToken), cancellationToken);

    private static async Task<bool> TryWriteAsync(TableClient table, TableEntity row, Func<Task<Response>> write, CancellationToken cancellationToken)
    {
        var stamp = Guid.NewGuid().ToString("N");
        row[Stamp] = stamp;
        try
        {
            var response = await write();
            row.ETag = response.Headers.ETag ?? throw new InvalidOperationException("Table storage returned no ETag.");
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
        {
            var found = await table.GetEntityIfExistsAsync<TableEntity>(row.PartitionKey, row.RowKey, cancellationToken: cancellationToken);
            if (!found.HasValue || found.Value!.GetString(Stamp) != stamp)
            {
                return false;
            }

            row.ETag = found.Value.ETag;
            return true;
        }
    }
}
