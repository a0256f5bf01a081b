using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using KommoFunctions.Outbox;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.DeadLetters;

/// <summary>
/// Keeps what could not be processed until someone replays or discards it: a row an item, and a blob for a message too large for a row.
/// </summary>
public sealed partial class DeadLetterStore
{
    private readonly TableClient _table;
    private readonly LetterBodies _bodies;
    private readonly CommandHistory _commands;
    private readonly ILogger _logger;
    private readonly CoreMetrics _metrics;

    internal DeadLetterStore(TableClient table, BlobContainerClient blobs, CoreMetrics metrics, ILogger<DeadLetterStore> logger)
    {
        _table = table;
        _bodies = new LetterBodies(blobs);
        _commands = new CommandHistory(table);
        _metrics = metrics;
        _logger = logger;
    }

    /// <summary>
    /// Keeps an item. The same id again counts as one that came back: it keeps its first error, its history, and the body that an operator may have
    /// given it meanwhile.
    /// </summary>
    public async Task AddAsync(DeadLetter item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        var isCommand = RefusedCommands.IsSource(item.Source);
        if (isCommand && item.Subject is null)
        {
            item = item with { Subject = SubjectReader.OfCommand(RefusedCommands.LaneOf(item.Source), item.Id, item.Message.ToString()) };
        }

        do
        {
            var row = LetterRow.Of(item);
            var before = await FindAsync(item.AccountId, item.Id, cancellationToken);
            var replayed = isCommand ? await _commands.FindAsync(item.AccountId, item.Id, cancellationToken) : null;
            if (before is null)
            {
                await _bodies.PutAsync(row, item.Message, "message", cancellationToken);
            }

            if ((before ?? replayed) is { } known)
            {
                LetterRow.Continue(row, known, cameBack: replayed is null ? 0 : 1);
            }

            if (before is null && replayed is not null && CommandHistory.OriginalOf(replayed) is { } original)
            {
                await _bodies.PutOriginalAsync(row, BinaryData.FromString(original), "original", cancellationToken);
            }

            if (await TryWriteAsync(row, before?.ETag, cancellationToken))
            {
                break;
            }
        }
        while (true);

        if (isCommand)
        {
            await _commands.ForgetAsync(item.AccountId, item.Id, cancellationToken);
        }

        _metrics.DeadLettered(item.Source, item.Reason);
        Log.Added(_logger, item.Id, item.AccountId, item.Source, item.Reason, item.Attempts);
    }

    /// <summary>The items of one account, or of all, in the order of their ids (oldest first within an account).</summary>
    public async IAsyncEnumerable<DeadLetter> ListAsync(
        long? accountId = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var filter = new LetterFilter(accountId).ToQuery(after: null);
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return await ReadAsync(row, cancellationToken);
        }
    }

    /// <summary>How many items an account has, counted by their keys up to <paramref name="most"/>.</summary>
    internal async Task<int> CountAsync(long accountId, int most, CancellationToken cancellationToken) => await _table
        .QueryAsync<TableEntity>(new LetterFilter(accountId).ToQuery(after: null), most, ["RowKey"], cancellationToken)
        .Take(most)
        .CountAsync(cancellationToken);

    /// <summary>One page of a filtered list, without bodies, in the same order.</summary>
    internal async Task<LetterPage> ReadPageAsync(LetterFilter filter, LetterCursor? after, int limit, CancellationToken cancellationToken)
    {
        var items = new List<DeadLetterSummary>();
        await foreach (var row in _table.QueryAsync<TableEntity>(
            filter.ToQuery(after), limit + 1, LetterRow.SummaryColumns, cancellationToken))
        {
            if (items.Count == limit)
            {
                return new LetterPage(items, LetterCursor.At(items[^1]));
            }

            items.Add(LetterRow.ReadSummary(row));
        }

        return new LetterPage(items, Next: null);
    }

    /// <summary>One item; null when there is none of that id.</summary>
    public async Task<DeadLetter?> GetAsync(long accountId, string id, CancellationToken cancellationToken = default) =>
        await FindAsync(accountId, id, cancellationToken) is { } row ? await ReadAsync(row, cancellationToken) : null;

    /// <summary>Removes an item for good.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> DiscardAsync(long accountId, string id, CancellationToken cancellationToken = default)
    {
        var partition = LetterRow.PartitionKey(accountId);
        var response = await _table.DeleteEntityAsync(partition, id, ETag.All, cancellationToken);
        await _bodies.RemoveAsync(partition, id, cancellationToken);
        return response.Status != 404;
    }

    /// <summary>Removes an item unless it came back, or was edited, since it was read.</summary>
    /// <returns>Whether it is gone.</returns>
    internal async Task<bool> DiscardUnchangedAsync(DeadLetterSummary item, CancellationToken cancellationToken)
    {
        try
        {
            var partition = LetterRow.PartitionKey(item.AccountId);
            await _table.DeleteEntityAsync(partition, item.Id, item.ETag ?? ETag.All, cancellationToken);
            await _bodies.RemoveAsync(partition, item.Id, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 412)
        {
            return false;
        }
    }

    /// <summary>Gives an item another message, and keeps the original.</summary>
    /// <param name="item">The item as it was read.</param>
    /// <param name="message">What a replay is to put back; null for the original again.</param>
    /// <param name="subject">What that is about.</param>
    /// <param name="now">When it is done.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>Whether it was done; false when the item has changed since it was read, or has no original to go back to.</returns>
    internal async Task<bool> EditAsync(
        DeadLetter item, BinaryData? message, DeadLetterSubject? subject, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var row = await FindAsync(item.AccountId, item.Id, cancellationToken);
        if (row is null || row.ETag != item.ETag)
        {
            return false;
        }

        if (message is not null)
        {
            LetterBodies.KeepOriginal(row);
            await _bodies.PutAsync(row, message, $"edit-{Guid.CreateVersion7(now):N}", cancellationToken);
            row["Edits"] = item.Edits + 1;
            row["EditedAt"] = now;
        }
        else if (LetterBodies.TakeOriginalBack(row))
        {
            row["Edits"] = row["EditedAt"] = null;
        }
        else
        {
            return false;
        }

        LetterRow.Describe(row, subject);
        return await TryWriteAsync(row, item.ETag, cancellationToken);
    }

    /// <summary>Gives an item the account that it turned out to belong to, and with that another id.</summary>
    internal async Task MoveAsync(DeadLetter item, DeadLetter moved, CancellationToken cancellationToken)
    {
        var row = LetterRow.Of(moved);
        if (moved.Original is { } original)
        {
            await _bodies.PutAsync(row, original, "original", cancellationToken);
            LetterBodies.KeepOriginal(row);
        }

        await _bodies.PutAsync(row, moved.Message, "message", cancellationToken);
        await _table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
        await DiscardUnchangedAsync(item, cancellationToken);
    }

    /// <summary>Notes in the item that it was put back. One that has ended since is left alone.</summary>
    internal async Task MarkReplayedAsync(DeadLetterSummary item, DateTimeOffset at, CancellationToken cancellationToken)
    {
        try
        {
            var row = new TableEntity(LetterRow.PartitionKey(item.AccountId), item.Id) { ["ReplayedAt"] = at };
            await _table.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Merge, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // Done already.
        }
    }

    /// <summary>Tells the log and the metrics of a replay.</summary>
    internal void Tell(DeadLetterSummary replayed)
    {
        _metrics.Replayed(replayed.Source, replayed.Reason);
        Log.Replayed(_logger, replayed.Id, replayed.AccountId, replayed.Source, replayed.Reason);
    }

    /// <summary>Remembers what is known of a command that is about to be put back, for the case that it comes back.</summary>
    internal Task RememberAsync(DeadLetter command, CancellationToken cancellationToken) => _commands.RememberAsync(command, cancellationToken);

    /// <summary>Removes the items that died before <paramref name="before"/>.</summary>
    internal async Task<int> DiscardOlderAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var count = 0;
        var old = TableClient.CreateQueryFilter($"DiedAt lt {before}");
        await foreach (var row in _table.QueryAsync<TableEntity>(old, select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken))
        {
            await _table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
            await _bodies.RemoveAsync(row.PartitionKey, row.RowKey, cancellationToken);
            count += CommandHistory.IsMemory(row) ? 0 : 1;
        }

        return count;
    }

    private async Task<bool> TryWriteAsync(TableEntity row, ETag? known, CancellationToken cancellationToken)
    {
        try
        {
            await (known is { } etag
                ? _table.UpdateEntityAsync(row, etag, TableUpdateMode.Replace, cancellationToken)
                : _table.AddEntityAsync(row, cancellationToken));
            return true;
        }
        catch (RequestFailedException e) when (known is null ? e.Status == 409 : e.Status is 404 or 412)
        {
            return false;
        }
    }

    private async Task<TableEntity?> FindAsync(long accountId, string id, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(LetterRow.PartitionKey(accountId), id, cancellationToken: cancellationToken);
        return row.HasValue ? row.Value : null;
    }

    private async Task<DeadLetter> ReadAsync(TableEntity row, CancellationToken cancellationToken) => LetterRow.ReadInto(
        row, await _bodies.GetAsync(row, cancellationToken), await _bodies.GetOriginalAsync(row, cancellationToken));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Dead letter {Id} of account {AccountId} from {Source}: {Reason} after {Attempts} attempts")]
        public static partial void Added(ILogger logger, string id, long accountId, string source, string reason, int attempts);

        [LoggerMessage(2, LogLevel.Information, "Dead letter {Id} of account {AccountId} is back in {Source}; it was there for {Reason}")]
        public static partial void Replayed(ILogger logger, string id, long accountId, string source, string reason);
    }
}
