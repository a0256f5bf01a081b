using System.Globalization;
using Azure;
using Azure.Data.Tables;
using KommoFunctions.OwnWrites;
using KommoFunctions.Storage;

namespace KommoFunctions.Outbox;

/// <summary>
/// The commands in table storage: a partition a lane of an account, a row a command, in the order in which the events came. A command that is done
/// leaves a mark for some days: its handler may run again after it was sent, and must not bring it back. The mark
/// also says what Kommo made of it. Beside it lies the trace by which the event that it causes is recognised.
/// </summary>
internal sealed class OutboxStore(VersionedRows rows, RowLeases leases)
{
    /// <summary>Commands begin with a digit, marks sort after them.</summary>
    private const string FirstCommand = "0";
    private const string AfterCommands = ":";
    private const string MarkPrefix = "done-";

    private const string AfterMarks = "done.";
    private const string TracePrefix = "own-";

    /// <summary>Why nothing can be lost where the outbox writes without a condition.</summary>
    private const string Done = "what is done is done, whoever says so; marks of one command say the same, and traces add up";

    /// <summary>A transaction takes 100 changes; a command that is done is two, and one for each of its traces, of which a complex lead has three.</summary>
    private const int DonePerTransaction = 20;

    /// <summary>Rows of others that a look for certain rows reads before it goes on at the next of those.</summary>
    private const int MaxRowsBetween = 100;
    private const int MaxPageSize = 1000;

    /// <summary>Stores commands of one lane, many in a request. One that is there already stays as it is, so that a handler that runs twice writes once.</summary>
    public async Task AddAsync(LaneKey lane, IReadOnlyList<PendingCommand> commands, CancellationToken cancellationToken)
    {
        foreach (var chunk in CommandRow.Transactions(commands.DistinctBy(command => command.Id)))
        {
            if (chunk.Count == 1)
            {
                await AddAsync(lane, chunk[0], cancellationToken);
                continue;
            }

            try
            {
                await rows.SubmitAsync(
                    chunk.Select(command => new TableTransactionAction(TableTransactionActionType.Add, CommandRow.Of(lane, command))),
                    because: "additions overwrite nothing",
                    cancellationToken);
            }
            catch (TableTransactionFailedException e) when (e.Status == 409)
            {
                // One of them is there already, which fails the whole transaction.
                await Task.WhenAll(chunk.Select(command => AddAsync(lane, command, cancellationToken)));
            }
        }
    }

    /// <summary>
    /// Stores a command. One that is there already stays as it is: it was stored by an earlier run of the same handler for the same event. One that is
    /// done by now is known by its mark and is not sent again.
    /// </summary>
    public Task AddAsync(LaneKey lane, PendingCommand command, CancellationToken cancellationToken)
    {
        CommandText.Require(command.Json);
        return rows.TryAddAsync(CommandRow.Of(lane, command), cancellationToken);
    }

    /// <summary>Puts back a command that was refused, as an operator wants it to be.</summary>
    public Task RestoreAsync(LaneKey lane, PendingCommand command, CancellationToken cancellationToken)
    {
        CommandText.Require(command.Json);
        return rows.OverwriteAsync(
            CommandRow.Of(lane, command),
            TableUpdateMode.Replace,
            because: "a row that is there still is the refused one on its way out, and being overwritten keeps it from being removed",
            cancellationToken);
    }

    /// <summary>How many commands of a lane wait, counted up to <paramref name="most"/> without their content, and since when the oldest one does.</summary>
    public async Task<(int Count, DateTimeOffset? Oldest)> CountAsync(LaneKey lane, int most, CancellationToken cancellationToken)
    {
        var (count, oldest) = (0, (DateTimeOffset?)null);
        await foreach (var row in rows.QueryAsync(CommandsOf(lane), cancellationToken, CommandRow.AgeColumns, most).Take(most))
        {
            oldest ??= CommandRow.ReadAge(row);
            count++;
        }

        return (count, oldest);
    }

    /// <summary>The oldest commands of a lane.</summary>
    public async Task<IReadOnlyList<PendingCommand>> PeekAsync(LaneKey lane, int count, CancellationToken cancellationToken)
    {
        return await rows.QueryAsync(CommandsOf(lane), cancellationToken, pageSize: count).Take(count).Select(CommandRow.Read).ToListAsync(cancellationToken);
    }

    /// <summary>Those of the commands that are still there.</summary>
    public async Task<IReadOnlyList<PendingCommand>> GetAsync(LaneKey lane, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        [.. (await FindAsync(lane, ids, string.Empty, select: null, cancellationToken)).Select(CommandRow.Read)];

    /// <summary>Those of the commands that are marked as done: handed in again by a handler that ran again.</summary>
    public async Task<IReadOnlySet<string>> FindDoneAsync(LaneKey lane, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        (await FindAsync(lane, ids, MarkPrefix, ["RowKey"], cancellationToken)).Select(row => row.RowKey[MarkPrefix.Length..]).ToHashSet();

    /// <summary>Marks commands as done and removes them, both at once. Repeating it is harmless.</summary>
    public async Task FinishAsync(LaneKey lane, IReadOnlyList<DoneCommand> commands, CancellationToken cancellationToken)
    {
        foreach (var chunk in commands.Chunk(DonePerTransaction))
        {
            var traces = chunk.SelectMany(command => command.Traces)
                .GroupBy(trace => trace.Key)
                .Select(same => TraceRow.Of(lane.PartitionKey, TracePrefix + same.Key, same))
                .ToList();
            IEnumerable<TableTransactionAction> changes =
            [
                .. chunk.Select(command => new TableTransactionAction(TableTransactionActionType.UpsertReplace, Mark(lane, command))),
                .. chunk.Select(command => new TableTransactionAction(
                    TableTransactionActionType.Delete, new TableEntity(lane.PartitionKey, command.Id), ETag.All)),
                .. traces.Select(trace => new TableTransactionAction(TableTransactionActionType.UpsertMerge, trace)),
            ];
            try
            {
                await rows.SubmitAsync(changes, because: Done, cancellationToken);
            }
            catch (TableTransactionFailedException e) when (e.Status == 404)
            {
                // One of them is gone already, which fails the whole transaction.
                foreach (var trace in traces)
                {
                    await rows.OverwriteAsync(trace, TableUpdateMode.Merge, because: Done, cancellationToken);
                }

                foreach (var command in chunk)
                {
                    await rows.OverwriteAsync(Mark(lane, command), TableUpdateMode.Replace, because: Done, cancellationToken);
                    await RemoveDoneAsync(lane, command.Id, cancellationToken);
                }
            }
        }
    }

    /// <summary>Removes a command that has a mark: it was stored again after it was done.</summary>
    public Task RemoveDoneAsync(LaneKey lane, string id, CancellationToken cancellationToken) =>
        rows.RemoveAsync(lane.PartitionKey, id, because: Done, cancellationToken);

    /// <summary>Removes a command without a mark, unless it was put back since it was read.</summary>
    public Task<bool> TryRemoveAsync(LaneKey lane, PendingCommand command, CancellationToken cancellationToken) =>
        rows.TryDeleteAsync(new TableEntity(lane.PartitionKey, command.Id) { ETag = command.ETag }, cancellationToken);

    /// <summary>What Kommo made for the commands that were marked since then.</summary>
    public async Task<IReadOnlySet<long>> ListMadeAsync(LaneKey lane, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var made = new HashSet<long>();
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {lane.PartitionKey} and RowKey ge {MarkPrefix} and RowKey lt {AfterMarks} and Timestamp ge {since}");
        await foreach (var row in rows.QueryAsync(filter, cancellationToken, ["MadeId"]))
        {
            if (row.GetInt64("MadeId") is { } id)
            {
                made.Add(id);
            }
        }

        return made;
    }

    /// <summary>Whether a command of the lane that is done has left this trace.</summary>
    public async Task<bool> HasTraceAsync(LaneKey lane, WriteTrace trace, CancellationToken cancellationToken) =>
        TraceRow.Tells(await rows.FindAsync(lane.PartitionKey, TracePrefix + trace.Key, cancellationToken), trace);

    /// <summary>Removes the marks and traces that were made longer ago than <paramref name="keep"/>; in a lane the marks of the oldest commands first.</summary>
    public ISweep Sweep(TimeSpan every, TimeSpan keep) =>
        new TableSweep(rows, every, now => TableClient.CreateQueryFilter($"RowKey ge {MarkPrefix} and Timestamp lt {now - keep}"));

    /// <summary>What the lane's row says; null for a lane that was never used.</summary>
    public Task<LaneState?> FindStateAsync(LaneKey lane, CancellationToken cancellationToken) =>
        leases.FindStateAsync<LaneState>(lane.PartitionKey, LaneState.RowKey, cancellationToken);

    /// <summary>Reads the lane's row and whether another process has the lane.</summary>
    public async Task<LaneHold> OpenAsync(LaneKey lane, TimeSpan holdFor, CancellationToken cancellationToken) =>
        new(lane, await leases.ReadAsync<LaneState>(lane.PartitionKey, LaneState.RowKey, holdFor, cancellationToken));

    /// <summary>
    /// Certain rows of a lane. They lie close together as a rule and are one page then; but an old command that was put back may stand among new ones, so what
    /// lies between is left out where it is more than a page.
    /// </summary>
    private async Task<List<TableEntity>> FindAsync(
        LaneKey lane, IReadOnlyList<string> ids, string prefix, IEnumerable<string>? select, CancellationToken cancellationToken)
    {
        var found = new List<TableEntity>(ids.Count);
        var wanted = new SortedSet<string>(ids.Select(id => prefix + id), StringComparer.Ordinal);
        var page = Math.Min(wanted.Count + MaxRowsBetween, MaxPageSize);
        while (wanted.Count > 0)
        {
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {lane.PartitionKey} and RowKey ge {wanted.Min} and RowKey le {wanted.Max}");
            var read = await rows.QueryAsync(filter, cancellationToken, select, page).Take(page).ToListAsync(cancellationToken);
            found.AddRange(read.Where(row => wanted.Contains(row.RowKey)));
            if (read.Count < page)
            {
                break;
            }

            wanted.RemoveWhere(key => string.CompareOrdinal(key, read[^1].RowKey) <= 0);
        }

        return found;
    }

    private static TableEntity Mark(LaneKey lane, DoneCommand command) =>
        new(lane.PartitionKey, MarkPrefix + command.Id) { ["MadeId"] = command.MadeId };

    private static string CommandsOf(LaneKey lane) => TableClient.CreateQueryFilter(
        $"PartitionKey eq {lane.PartitionKey} and RowKey ge {FirstCommand} and RowKey lt {AfterCommands}");
}

/// <summary>Names a lane of an account.</summary>
internal readonly record struct LaneKey(long AccountId, string Lane)
{
    public string PartitionKey => string.Create(CultureInfo.InvariantCulture, $"{AccountId}-{Lane}");
}
