using System.Globalization;
using Azure.Data.Tables;
using KommoFunctions.Storage;

namespace KommoFunctions.Splitting;

/// <summary>
/// Remembers each event for longer than Kommo repeats itself. The row names the hook that brought the event first: when that hook is
/// processed again after a crash, the event is queued again; when another hook brings it, it is a duplicate. The rows of one entity lie side by
/// side, so that one question tells whether an event is done and whether a later one is.
/// </summary>
internal sealed class EventLog(VersionedRows rows, TimeProvider time)
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
        var partition = Partition(accountId, identity.Id);
        if (await rows.AddOrFindAsync(Row(partition, identity.Id, hookId, receivedAt), cancellationToken) is not { } first || IsBy(hookId, first))
        {
            return identity.Id;
        }

        return !identity.IsTimeless || IsRepetition(first, receivedAt)
            ? null
            : await TryClaimOccurrenceAsync(partition, identity.Id, hookId, receivedAt, cancellationToken);
    }

    /// <summary>
    /// Each occurrence of an event without a time is an event of its own with a row of its own, which names its hook: so a hook that an operator replays
    /// finds the occurrence that it brought, however many came after it.
    /// </summary>
    private async Task<string?> TryClaimOccurrenceAsync(
        string partition, string id, string hookId, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var (first, last) = (id + "-", id + "-~");
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {first} and RowKey lt {last}");
        string? claimed = null;
        await rows.RetryAsync(partition, id, ClaimAsync, cancellationToken);
        return claimed;

        async Task<bool> ClaimAsync()
        {
            var known = await rows.QueryAsync(filter, cancellationToken, ["RowKey", "Hook", "SeenAt"]).ToListAsync(cancellationToken);
            if (known.Find(row => IsBy(hookId, row)) is { } own)
            {
                claimed = own.RowKey;
                return true;
            }

            if (known.Exists(row => IsRepetition(row, receivedAt)))
            {
                claimed = null;
                return true;
            }

            // From the highest on: the rows are forgotten one by one, and a number that is taken stays so.
            var number = known.Select(row => int.Parse(row.RowKey.AsSpan(first.Length), CultureInfo.InvariantCulture)).DefaultIfEmpty(0).Max() + 1;
            var next = Row(partition, string.Create(CultureInfo.InvariantCulture, $"{first}{number}"), hookId, receivedAt);
            claimed = next.RowKey;
            return await rows.TryAddAsync(next, cancellationToken);
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
            var row = await rows.FindAsync(partition, id, cancellationToken, ["HandledAt"]);
            return new EventState(row?.GetDateTimeOffset("HandledAt") is not null, IsStale: false);
        }

        var (first, last) = (id[..EventIdentity.EntityDigits], id[..EventIdentity.EntityDigits] + "~");
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {partition} and RowKey ge {first} and RowKey lt {last} and (RowKey eq {id} or KnownUntil gt {since.ToUnixTimeSeconds()})");
        var state = default(EventState);
        await foreach (var row in rows.QueryAsync(filter, cancellationToken, ["RowKey", "HandledAt"]))
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
        rows.OverwriteAsync(
            new TableEntity(Partition(accountId, id), id) { ["HandledAt"] = time.GetUtcNow(), ["KnownUntil"] = knownUntil?.ToUnixTimeSeconds() },
            TableUpdateMode.Merge,
            because: "nobody else writes these columns but who has handled the same event, and says the same; the others stay",
            cancellationToken);

    /// <summary>Removes what was written last before a time, which a pass asks for at its beginning.</summary>
    public ISweep Sweep(TimeSpan every, Func<DateTimeOffset, CancellationToken, ValueTask<DateTimeOffset>> before) =>
        new TableSweep(rows, every, async (now, token) => TableClient.CreateQueryFilter($"Timestamp lt {await before(now, token)}"));

    private static TableEntity Row(string partition, string id, string hookId, DateTimeOffset receivedAt) =>
        new(partition, id) { ["Hook"] = hookId, ["SeenAt"] = receivedAt };

    private static bool IsBy(string hookId, TableEntity row) => row.GetString("Hook") == hookId;

    private static bool IsRepetition(TableEntity row, DateTimeOffset receivedAt) =>
        (receivedAt - (row.GetDateTimeOffset("SeenAt") ?? receivedAt)).Duration() <= RepeatsFor;

    /// <summary>Spreads an account over 256 partitions: one takes 2,000 entities a second.</summary>
    private static string Partition(long accountId, string id) => string.Create(CultureInfo.InvariantCulture, $"{accountId}-{id.AsSpan(0, 2)}");
}
