using System.Globalization;
using Azure;
using Azure.Data.Tables;

namespace KommoFunctions.Splitting;

/// <summary>
/// Remembers each event for longer than Kommo repeats itself. The row names the hook that brought the event first: when that hook is
/// processed again after a crash, the event is queued again; when another hook brings it, it is a duplicate.
/// </summary>
internal sealed class EventLog(TableClient table, TimeProvider time)
{
    /// <summary>Notes an event.</summary>
    /// <returns>Whether <paramref name="hookId"/> is the hook that brings it; false for a duplicate.</returns>
    public async Task<bool> TryClaimAsync(long accountId, string key, string hookId, CancellationToken cancellationToken)
    {
        var row = new TableEntity(Partition(accountId, key), key) { ["Hook"] = hookId, ["SeenAt"] = time.GetUtcNow() };
        try
        {
            await table.AddEntityAsync(row, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            var known = await table.GetEntityAsync<TableEntity>(row.PartitionKey, row.RowKey, ["Hook"], cancellationToken);
            return known.Value.GetString("Hook") == hookId;
        }
    }

    /// <summary>Whether the handlers are done with the event.</summary>
    public async Task<bool> IsHandledAsync(long accountId, string key, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(Partition(accountId, key), key, ["HandledAt"], cancellationToken);
        return row.HasValue && row.Value!.GetDateTimeOffset("HandledAt") is not null;
    }

    /// <summary>Notes that the handlers are done with the event.</summary>
    public Task MarkHandledAsync(long accountId, string key, CancellationToken cancellationToken) =>
        table.UpsertEntityAsync(
            new TableEntity(Partition(accountId, key), key) { ["HandledAt"] = time.GetUtcNow() }, TableUpdateMode.Merge, cancellationToken);

    /// <summary>Forgets the events that were seen before <paramref name="before"/>.</summary>
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

    /// <summary>Spreads an account over 256 partitions: one takes 2,000 entities a second.</summary>
    private static string Partition(long accountId, string key) => string.Create(CultureInfo.InvariantCulture, $"{accountId}-{key.AsSpan(0, 2)}");
}
