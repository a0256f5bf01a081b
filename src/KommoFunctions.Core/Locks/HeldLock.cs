using Azure;
using Azure.Data.Tables;

namespace KommoFunctions.Locks;

/// <summary>
/// A lock that this process holds; disposing gives it back. Its row can carry what the holder is about: that is written by compare-and-swap
/// with the lock itself, so that a holder whose time was up and whose place was taken cannot write any more (fencing).
/// </summary>
internal sealed class HeldLock(TableClient table, TableEntity row, long generation, TimeProvider time) : IAsyncDisposable
{
    private bool _lost;

    /// <summary>Counts the times that the lock was taken.</summary>
    public long Generation { get; } = generation;

    /// <summary>What the row carries, as last written.</summary>
    public TableEntity Row => row;

    /// <summary>Whether this process may act under the lock for that much longer, by its own clock.</summary>
    public bool HoldsFor(TimeSpan duration) => !_lost && row.GetDateTimeOffset("Until") >= time.GetUtcNow() + duration;

    /// <summary>Writes what the row carries and holds the lock anew.</summary>
    /// <returns>False when another process has the lock: nothing was written, and nothing will be.</returns>
    public async Task<bool> SaveAsync(TimeSpan holdFor, Action<TableEntity>? change = null, CancellationToken cancellationToken = default)
    {
        if (_lost)
        {
            return false;
        }

        change?.Invoke(row);
        row["Until"] = time.GetUtcNow() + holdFor;
        _lost = !await LockRow.TryReplaceAsync(table, row, row.ETag, cancellationToken);
        return !_lost;
    }

    public async ValueTask DisposeAsync()
    {
        if (_lost)
        {
            return;
        }

        row["Until"] = DateTimeOffset.UnixEpoch;

        try
        {
            // When the time was up and another process has it now, there is nothing left to give back.
            await LockRow.TryReplaceAsync(table, row, row.ETag, CancellationToken.None);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            // Storage is away. What was done under the lock is done; the lock is free when its time is up.
            _lost = true;
        }
    }
}
