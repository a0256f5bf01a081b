using Azure.Data.Tables;
using KommoFunctions.Failures;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Storage;

/// <summary>
/// Leases over all processes on the rows of one table. A lease whose holder died is free when its time is up; each taking counts the generation up, so
/// that what was written under an older one can be told (fencing).
/// </summary>
internal sealed class RowLeases(VersionedRows rows, IStorageClock clock, TimeProvider time, ILogger<RowLeases> logger)
{
    private static readonly TimeSpan MinWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(1);

    /// <summary>Reads a row and its lease, and takes nothing.</summary>
    public async Task<RowLease<TState>> ReadAsync<TState>(string partitionKey, string rowKey, TimeSpan duration, CancellationToken cancellationToken)
        where TState : class, IRowState<TState> => new(
            rows,
            await rows.FindAsync(partitionKey, rowKey, cancellationToken) ?? new TableEntity(partitionKey, rowKey),
            duration,
            clock,
            logger);

    /// <summary>What a row carries, whoever holds it; null when nobody has ever held it.</summary>
    public async Task<TState?> FindStateAsync<TState>(string partitionKey, string rowKey, CancellationToken cancellationToken)
        where TState : class, IRowState<TState> => await rows.FindAsync(partitionKey, rowKey, cancellationToken) is { } row ? TState.Read(row) : null;

    /// <summary>Takes the lease if it is free. What its row carries stays.</summary>
    /// <returns>Null when another process has it.</returns>
    public async Task<RowLease<TState>?> TryAcquireAsync<TState>(string partitionKey, string rowKey, TimeSpan duration, CancellationToken cancellationToken)
        where TState : class, IRowState<TState>
    {
        var lease = await ReadAsync<TState>(partitionKey, rowKey, duration, cancellationToken);
        try
        {
            return await lease.TrySaveAsync(lease.State, cancellationToken) ? lease : null;
        }
        catch
        {
            // Storage may have acted all the same, and nobody would give it back.
            await lease.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes the lease, waiting at most <paramref name="waitFor"/> for it.</summary>
    /// <exception cref="NotNowException">Another process holds it for longer than that.</exception>
    public async Task<RowLease<TState>> AcquireAsync<TState>(
        string partitionKey, string rowKey, TimeSpan duration, TimeSpan waitFor, CancellationToken cancellationToken)
        where TState : class, IRowState<TState>
    {
        var start = time.GetTimestamp();
        for (var wait = MinWait; ; wait = wait * 2 < MaxWait ? wait * 2 : MaxWait)
        {
            if (await TryAcquireAsync<TState>(partitionKey, rowKey, duration, cancellationToken) is { } held)
            {
                return held;
            }

            if (time.GetElapsedTime(start) + wait > waitFor)
            {
                throw new NotNowException($"{partitionKey}/{rowKey} is held by another process.", wait);
            }

            await Task.Delay(wait * (0.5 + (Random.Shared.NextDouble() / 2)), time, cancellationToken);
        }
    }
}
