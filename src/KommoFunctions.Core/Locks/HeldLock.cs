using Azure;
using Azure.Data.Tables;

namespace KommoFunctions.Locks;

/// <summary>A lock that this process holds; disposing gives it back.</summary>
internal sealed class HeldLock(TableClient table, TableEntity row, long generation) : IAsyncDisposable
{
    /// <summary>Counts the times that the lock was taken.</summary>
    public long Generation { get; } = generation;

    public async ValueTask DisposeAsync()
    {
        row["Until"] = DateTimeOffset.UnixEpoch;
        try
        {
            await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, CancellationToken.None);
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            // The time was up and another process has it now: there is nothing left to give back.
        }
    }
}
