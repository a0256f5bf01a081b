using System.Globalization;
using Azure.Data.Tables;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;

namespace KommoFunctions.Locks;

/// <summary>
/// Locks over all processes: a table row each, taken and given back by compare-and-swap. A lock whose holder died is free when its time is up;
/// each taking counts the generation up, so that what was written under an older one can be told (fencing).
/// </summary>
internal sealed class LockStore(TableClient table, TimeProvider time)
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(50);

    /// <summary>Takes the lock, waiting at most <paramref name="waitFor"/> for it.</summary>
    /// <exception cref="NotNowException">Another process holds it for longer than that.</exception>
    public async Task<HeldLock> AcquireAsync(
        string scope, string name, TimeSpan holdFor, TimeSpan waitFor, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        for (var wait = ShortestWait; ; wait = wait * 2 < TimeSpan.FromSeconds(1) ? wait * 2 : TimeSpan.FromSeconds(1))
        {
            if (await TryAcquireAsync(scope, name, holdFor, cancellationToken) is { } held)
            {
                return held;
            }

            if (time.GetElapsedTime(start) + wait > waitFor)
            {
                throw new NotNowException($"The lock {scope}/{name} is held by another process.", wait);
            }

            await Task.Delay(wait * (0.5 + (Random.Shared.NextDouble() / 2)), time, cancellationToken);
        }
    }

    /// <summary>Takes the lock if it is free. What its row carries stays.</summary>
    public async Task<HeldLock?> TryAcquireAsync(string scope, string name, TimeSpan holdFor, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(scope, name, cancellationToken);
        var now = time.GetUtcNow();
        if (found?.GetDateTimeOffset("Until") > now)
        {
            return null;
        }

        var generation = (found?.GetInt64("Generation") ?? 0) + 1;
        var row = found ?? new TableEntity(scope, name);
        row["Holder"] = Holder;
        row["Until"] = now + holdFor;
        row["Generation"] = generation;
        var taken = found is null
            ? await LockRow.TryAddAsync(table, row, cancellationToken)
            : await LockRow.TryReplaceAsync(table, row, row.ETag, cancellationToken);
        return taken ? new HeldLock(table, row, generation, time) : null;
    }

    /// <summary>The lock's row with all that it carries, whoever holds it; null when the lock was never taken.</summary>
    public async Task<TableEntity?> ReadAsync(string scope, string name, CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(scope, name, cancellationToken: cancellationToken);
        return found.HasValue ? found.Value : null;
    }

    /// <summary>Names the process to whoever looks at the table.</summary>
    private static string Holder { get; } = string.Create(
        CultureInfo.InvariantCulture, $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}");
}
