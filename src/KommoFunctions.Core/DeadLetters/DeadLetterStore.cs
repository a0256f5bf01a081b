using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using KommoFunctions.Outbox;
using KommoFunctions.Storage;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.DeadLetters;

/// <summary>
/// Keeps what could not be processed until someone replays or discards it: a row an item, and a blob for a message too large for a row.
/// </summary>
public sealed partial class DeadLetterStore
{
    /// <summary>Old items that are removed at a time.</summary>
    private const int MaxDiscards = 16;

    private readonly VersionedRows _rows;
    private readonly BlobContainerClient _blobs;
    private readonly LetterBodies _bodies;
    private readonly CommandHistory _commands;
    private readonly ILogger _logger;
    private readonly CoreMetrics _metrics;

    internal DeadLetterStore(VersionedRows rows, BlobContainerClient blobs, CoreMetrics metrics, ILogger<DeadLetterStore> logger)
    {
        _rows = rows;
        _blobs = blobs;
        _bodies = new LetterBodies(blobs);
        _commands = new CommandHistory(rows);
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

        // Changed meanwhile, by an operator or by another death of the same: what it is now counts.
        await RetryAsync(item.AccountId, item.Id, () => TryAddAsync(item, isCommand, cancellationToken), cancellationToken);
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
        await foreach (var row in _rows.QueryAsync(filter, cancellationToken))
        {
            yield return await ReadAsync(row, cancellationToken);
        }
    }

    /// <summary>How many items an account has, counted by their keys up to <paramref name="most"/>.</summary>
    internal async Task<int> CountAsync(long accountId, int most, CancellationToken cancellationToken) => await _rows
        .QueryAsync(new LetterFilter(accountId).ToQuery(after: null), cancellationToken, ["RowKey"], pageSize: most)
        .Take(most)
        .CountAsync(cancellationToken);

    /// <summary>One page of a filtered list, without bodies, in the same order.</summary>
    internal async Task<LetterPage> ReadPageAsync(LetterFilter filter, LetterCursor? after, int limit, CancellationToken cancellationToken)
    {
        var items = new List<DeadLetterSummary>();
        await foreach (var row in _rows.QueryAsync(
            filter.ToQuery(after), cancellationToken, LetterRow.SummaryColumns, limit + 1))
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

    /// <summary>Removes an item for good, whatever became of it since it was read.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> DiscardAsync(long accountId, string id, CancellationToken cancellationToken = default)
    {
        var isThere = false;
        await RetryAsync(
            accountId,
            id,
            async () =>
            {
                var row = await FindAsync(accountId, id, cancellationToken);
                isThere = row is not null;
                return row is null || await TryDiscardAsync(row, cancellationToken);
            },
            cancellationToken);
        return isThere;
    }

    /// <summary>Removes an item unless it came back, or was edited, since it was read.</summary>
    /// <returns>Whether it is gone.</returns>
    internal async Task<bool> DiscardUnchangedAsync(DeadLetterSummary item, CancellationToken cancellationToken) =>
        await FindAsync(item.AccountId, item.Id, cancellationToken) is not { } row
        || (row.ETag == item.ETag && await TryDiscardAsync(row, cancellationToken));

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

        var before = new TableEntity(row);
        if (message is not null)
        {
            LetterBodies.KeepOriginal(row);
            await _bodies.PutAsync(row, message, cancellationToken);
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
        return await TryReplaceAsync(before, row, cancellationToken);
    }

    /// <summary>Gives an item the account that it turned out to belong to, and with that another id.</summary>
    /// <returns>The item under its new id.</returns>
    internal async Task<DeadLetter> MoveAsync(DeadLetter item, DeadLetter moved, CancellationToken cancellationToken)
    {
        var row = LetterRow.Of(moved);
        if (moved.Original is { } original)
        {
            await _bodies.PutAsync(row, original, cancellationToken);
            LetterBodies.KeepOriginal(row);
        }

        await _bodies.PutAsync(row, moved.Message, cancellationToken);
        await RetryAsync(moved.AccountId, moved.Id, () => TryPutAsync(row, cancellationToken), cancellationToken);
        await DiscardUnchangedAsync(item, cancellationToken);
        return moved with { ETag = row.ETag };
    }

    /// <summary>Notes in the item that it was put back. One that has ended, died again or was edited since is left alone.</summary>
    internal async Task MarkReplayedAsync(DeadLetterSummary item, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (item.ETag is { } known)
        {
            var change = new TableEntity(LetterRow.PartitionKey(item.AccountId), item.Id) { ["ReplayedAt"] = at };
            await _rows.TryMergeAsync(change, known, cancellationToken);
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
        await Parallel.ForEachAsync(
            _rows.QueryAsync(old, cancellationToken, LetterBodies.Columns),
            new ParallelOptions { MaxDegreeOfParallelism = MaxDiscards, CancellationToken = cancellationToken },
            async (row, token) =>
            {
                // One that has died again since it was listed is not old any more.
                if (await TryDiscardAsync(row, token) && !CommandHistory.IsMemory(row))
                {
                    Interlocked.Increment(ref count);
                }
            });
        return count;
    }

    /// <summary>Removes the bodies that a process left which died between the row and the blob.</summary>
    internal ISweep SweepBodies(TimeSpan every) => new UnnamedBodySweep(_blobs, _rows, every);

    private async Task<bool> TryAddAsync(DeadLetter item, bool isCommand, CancellationToken cancellationToken)
    {
        var row = LetterRow.Of(item);
        var before = await FindAsync(item.AccountId, item.Id, cancellationToken);
        var replayed = isCommand ? await _commands.FindAsync(item.AccountId, item.Id, cancellationToken) : null;
        if (before is null)
        {
            await _bodies.PutAsync(row, item.Message, cancellationToken);
            if (replayed is not null && CommandHistory.OriginalOf(replayed) is { } original)
            {
                await _bodies.PutOriginalAsync(row, BinaryData.FromString(original), cancellationToken);
            }
        }

        if ((before ?? replayed) is { } known)
        {
            LetterRow.Continue(row, known, cameBack: replayed is null ? 0 : 1);
        }

        row.ETag = before?.ETag ?? default;
        return await (before is null ? _rows.TryAddAsync(row, cancellationToken) : _rows.TryReplaceAsync(row, cancellationToken));
    }

    /// <summary>
    /// Inserts a row, or replaces the one of the same id: that was moved before, by somebody who ended before the old one was gone, or died there since. This is
    /// what the operator decided last.
    /// </summary>
    private async Task<bool> TryPutAsync(TableEntity row, CancellationToken cancellationToken)
    {
        if (await _rows.AddOrFindAsync(row, cancellationToken) is not { } before)
        {
            return true;
        }

        row.ETag = before.ETag;
        return await TryReplaceAsync(before, row, cancellationToken);
    }

    /// <summary>
    /// Writes a row, and removes the bodies that only the one before names. Those of a row that was not written are left to <see cref="UnnamedBodySweep"/>: it may
    /// have been written after all, and another writer's row that came after it names them.
    /// </summary>
    private async Task<bool> TryReplaceAsync(TableEntity before, TableEntity row, CancellationToken cancellationToken)
    {
        if (!await _rows.TryReplaceAsync(row, cancellationToken))
        {
            return false;
        }

        await _bodies.RemoveAsync(before, kept: row, cancellationToken);
        return true;
    }

    private async Task<bool> TryDiscardAsync(TableEntity row, CancellationToken cancellationToken)
    {
        if (!await _rows.TryDeleteAsync(row, cancellationToken))
        {
            return false;
        }

        await _bodies.RemoveAsync(row, kept: null, cancellationToken);
        return true;
    }

    private Task RetryAsync(long accountId, string id, Func<Task<bool>> attempt, CancellationToken cancellationToken) =>
        _rows.RetryAsync(LetterRow.PartitionKey(accountId), id, attempt, cancellationToken);

    private Task<TableEntity?> FindAsync(long accountId, string id, CancellationToken cancellationToken) =>
        _rows.FindAsync(LetterRow.PartitionKey(accountId), id, cancellationToken);

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
