using System.Globalization;
using Azure;
using Azure.Data.Tables;

namespace KommoFunctions.Splitting;

/// <summary>
/// Remembers each event for longer than Kommo repeats itself. The row names the hook that brought the event first: when that hook is
/// processed again after a crash, the event is queued again; when another hook brings it, it is a duplicate. The rows of one entity lie side by
/// side, so that one question tells whether an event is done and whether a later one is.
/// </summary>
internal sealed class EventLog(TableClient table, TimeProvider time)
{
    /// <summary>
    /// How long Kommo may repeat a hook: five attempts in about 95 minutes (Kommo: Webhooks, delivery). An event without a time of its own that comes
    /// again after that is another change that looks the same.
    /// </summary>
    private static readonly TimeSpan RepeatsFor = TimeSpan.FromHours(2);

    /// <summary>Notes an event.</summary>
    /// <returns>The event's id when <paramref name="hookId"/> is the hook that brings it; null for a duplicate.</returns>
    public async Task<string?> TryClaimAsync(
        long accountId, EventIdentity identity, string hookId, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var row = new TableEntity(Partition(accountId, identity.Id), identity.Id) { ["Hook"] = hookId, ["SeenAt"] = receivedAt };
        while (true)
        {
            try
            {
                await table.AddEntityAsync(row, cancellationToken);
                return identity.Id;
            }
            catch (RequestFailedException e) when (e.Status == 409)
            {
                // Known: by which hook?
            }

            var found = await table.GetEntityIfExistsAsync<TableEntity>(
                row.PartitionKey, row.RowKey, ["Hook", "SeenAt", "Occurrence"], cancellationToken);
            if (!found.HasValue)
            {
                continue;
            }

            var known = found.Value!;
            var occurrence = known.GetInt32("Occurrence") ?? 0;
            if (known.GetString("Hook") == hookId)
            {
                return IdOf(identity, occurrence);
            }

            if (!identity.IsTimeless || (receivedAt - (known.GetDateTimeOffset("SeenAt") ?? receivedAt)).Duration() <= RepeatsFor)
            {
                return null;
            }

            row["Occurrence"] = occurrence + 1;
            if (await TryReplaceAsync(row, known.ETag, cancellationToken))
            {
                return IdOf(identity, occurrence + 1);
            }
        }
    }

    /// <summary>What is known of an event, in one request.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="id">The event's id.</param>
    /// <param name="at">The time of the state that it tells; null when it tells none, and then it is never stale.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public async Task<EventState> ReadAsync(long accountId, string id, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        var partition = Partition(accountId, id);
        if (at is not { } since)
        {
            var row = await table.GetEntityIfExistsAsync<TableEntity>(partition, id, ["HandledAt"], cancellationToken);
            return new EventState(row.HasValue && row.Value!.GetDateTimeOffset("HandledAt") is not null, IsStale: false);
        }

        var (first, last) = (id[..EventIdentity.EntityDigits], id[..EventIdentity.EntityDigits] + "~");
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {partition} and RowKey ge {first} and RowKey lt {last} and (RowKey eq {id} or KnownUntil gt {since.ToUnixTimeSeconds()})");
        var state = default(EventState);
        await foreach (var row in table.QueryAsync<TableEntity>(filter, select: ["RowKey", "HandledAt"], cancellationToken: cancellationToken))
        {
            if (row.GetDateTimeOffset("HandledAt") is not null)
            {
                state = row.RowKey == id ? state with { IsHandled = true } : state with { IsStale = true };
            }
        }

        return state;
    }

    /// <summary>Notes that the handlers are done with the event, and up to when that tells of its entity.</summary>
    public Task MarkHandledAsync(long accountId, string id, DateTimeOffset? knownUntil, CancellationToken cancellationToken) =>
        table.UpsertEntityAsync(
            new TableEntity(Partition(accountId, id), id) { ["HandledAt"] = time.GetUtcNow(), ["KnownUntil"] = knownUntil?.ToUnixTimeSeconds() },
            TableUpdateMode.Merge,
            cancellationToken);

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

    private async Task<bool> TryReplaceAsync(TableEntity row, ETag known, CancellationToken cancellationToken)
    {
        try
        {
            await table.UpdateEntityAsync(row, known, TableUpdateMode.Merge, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            // Another hook was faster, or the row is forgotten: looked at again.
            return false;
        }
    }

    /// <summary>Each occurrence is an event of its own, which may still be in work when the next one comes.</summary>
    private static string IdOf(EventIdentity identity, int occurrence) =>
        occurrence == 0 ? identity.Id : string.Create(CultureInfo.InvariantCulture, $"{identity.Id}-{occurrence}");

    /// <summary>Spreads an account over 256 partitions: one takes 2,000 entities a second.</summary>
    private static string Partition(long accountId, string id) => string.Create(CultureInfo.InvariantCulture, $"{accountId}-{id.AsSpan(0, 2)}");
}
