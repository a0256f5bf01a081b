using System.Globalization;
using Azure;
using Azure.Data.Tables;
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

    /// <summary>Takes the lock if it is free.</summary>
    public async Task<HeldLock?> TryAcquireAsync(string scope, string name, TimeSpan holdFor, CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(scope, name, cancellationToken: cancellationToken);
        var now = time.GetUtcNow();
        if (found.HasValue && found.Value!.GetDateTimeOffset("Until") > now)
        {
            return null;
        }

        var generation = (found.HasValue ? found.Value!.GetInt64("Generation") ?? 0 : 0) + 1;
        var row = new TableEntity(scope, name)
        {
            ["Holder"] = Holder,
            ["Until"] = now + holdFor,
            ["Generation"] = generation,
        };
        try
        {
            var response = found.HasValue
                ? await table.UpdateEntityAsync(row, found.Value!.ETag, TableUpdateMode.Replace, cancellationToken)
                : await table.AddEntityAsync(row, cancellationToken);
            row.ETag = response.Headers.ETag ?? throw new InvalidOperationException("Table storage returned no ETag.");
            return new HeldLock(table, row, generation);
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            return null;
        }
    }

    /// <summary>Names the process to whoever looks at the table.</summary>
    private static string Holder { get; } = string.Create(
        CultureInfo.InvariantCulture, $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}");
}
