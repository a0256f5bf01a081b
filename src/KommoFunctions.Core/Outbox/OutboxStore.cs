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
internal sealed class OutboxStore(TableClient table, RowLeases leases)
{
    private const int MaxJsonLength = 30_000;

    /// <summary>A transaction takes 100 changes and 4 MB; so many of the largest commands are 3 MB.</summary>
    private const int AddedPerTransaction = 50;

    /// <summary>Commands begin with a digit, marks sort after them.</summary>
    private const string FirstCommand = "0";
    private const string AfterCommands = ":";
    private const string MarkPrefix = "done-";

    private const string AfterMarks = "done.";
    private const string TracePrefix = "own-";

    /// <summary>A transaction takes 100 changes; a command that is done is two, and one for each of its traces, of which a complex lead has three.</summary>
    private const int DonePerTransaction = 20;

    /// <exception cref="ArgumentException">The command is too large to be stored.</exception>
    public static void Require(PendingCommand command)
    {
        if (command.Json.Length > MaxJsonLength)
        {
            throw new ArgumentException($"A command of {command.Json.Length} characters is too large; at most {MaxJsonLength} can be stored.");
        }
    }

    /// <summary>Stores commands of one lane, many in a request. One that is there already stays as it is, so that a handler that runs twice writes once.</summary>
    public async Task AddAsync(LaneKey lane, IReadOnlyList<PendingCommand> commands, CancellationToken cancellationToken)
    {
        foreach (var chunk in commands.DistinctBy(command => command.Id).Chunk(AddedPerTransaction))
        {
            if (chunk.Length == 1)
            {
                await AddAsync(lane, chunk[0], cancellationToken);
                continue;
            }

            try
            {
                await table.SubmitTransactionAsync(
                    chunk.Select(command => new TableTransactionAction(TableTransactionActionType.Add, Row(lane, command))), cancellationToken);
            }
            catch (TableTransactionFailedException e) when (e.Status == 409)
            {
                // One of them is there already, which fails the whole transaction.
                await Task.WhenAll(chunk.Select(command => AddAsync(lane, command, cancellationToken)));
            }
        }
    }

    /// <summary>Stores a command. One that is there already stays as it is.</summary>
    public async Task AddAsync(LaneKey lane, PendingCommand command, CancellationToken cancellationToken)
    {
        Require(command);
        try
        {
            await table.AddEntityAsync(Row(lane, command), cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // Stored by an earlier run of the same handler for the same event.
        }
    }

    /// <summary>The oldest commands of a lane.</summary>
    public async Task<IReadOnlyList<PendingCommand>> PeekAsync(LaneKey lane, int count, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {lane.PartitionKey} and RowKey ge {FirstCommand} and RowKey lt {AfterCommands}");
        await foreach (var page in table.QueryAsync<TableEntity>(filter, count, cancellationToken: cancellationToken).AsPages())
        {
            return [.. page.Values.Take(count).Select(Read)];
        }

        return [];
    }

    /// <summary>Those of the commands that are still there.</summary>
    public async Task<IReadOnlyList<PendingCommand>> GetAsync(LaneKey lane, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        [.. (await FindAsync(lane, ids, string.Empty, cancellationToken)).Select(Read)];

    /// <summary>Those of the commands that are marked as done: handed in again by a handler that ran again.</summary>
    public async Task<IReadOnlySet<string>> FindDoneAsync(LaneKey lane, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        (await FindAsync(lane, ids, MarkPrefix, cancellationToken)).Select(row => row.RowKey[MarkPrefix.Length..]).ToHashSet();

    /// <summary>Marks commands as done and removes them, both at once. Repeating it is harmless.</summary>
    public async Task FinishAsync(LaneKey lane, IReadOnlyList<DoneCommand> commands, CancellationToken cancellationToken)
    {
        foreach (var chunk in commands.Chunk(DonePerTransaction))
        {
            var traces = chunk.SelectMany(command => command.Traces).DistinctBy(trace => trace.Key).Select(trace => Trace(lane, trace)).ToList();
            IEnumerable<TableTransactionAction> changes =
            [
                .. chunk.Select(command => new TableTransactionAction(TableTransactionActionType.UpsertReplace, Mark(lane, command))),
                .. chunk.Select(command => new TableTransactionAction(
                    TableTransactionActionType.Delete, new TableEntity(lane.PartitionKey, command.Id), ETag.All)),
                .. traces.Select(trace => new TableTransactionAction(TableTransactionActionType.UpsertMerge, trace)),
            ];
            try
            {
                await table.SubmitTransactionAsync(changes, cancellationToken);
            }
            catch (TableTransactionFailedException e) when (e.Status == 404)
            {
                // One of them is gone already, which fails the whole transaction.
                foreach (var trace in traces)
                {
                    await table.UpsertEntityAsync(trace, TableUpdateMode.Merge, cancellationToken);
                }

                foreach (var command in chunk)
                {
                    await table.UpsertEntityAsync(Mark(lane, command), TableUpdateMode.Replace, cancellationToken);
                    await RemoveAsync(lane, command.Id, cancellationToken);
                }
            }
        }
    }

    /// <summary>Removes a command without a mark. Repeating it is harmless.</summary>
    public Task RemoveAsync(LaneKey lane, string id, CancellationToken cancellationToken) =>
        table.DeleteEntityAsync(lane.PartitionKey, id, ETag.All, cancellationToken);

    /// <summary>What Kommo made for the commands that were marked since then.</summary>
    public async Task<IReadOnlySet<long>> ListMadeAsync(LaneKey lane, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var made = new HashSet<long>();
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {lane.PartitionKey} and RowKey ge {MarkPrefix} and RowKey lt {AfterMarks} and Timestamp ge {since}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, select: ["MadeId"], cancellationToken: cancellationToken))
        {
            if (row.GetInt64("MadeId") is { } id)
            {
                made.Add(id);
            }
        }

        return made;
    }

    /// <summary>Whether a command of the lane that is done has left this trace.</summary>
    public async Task<bool> HasTraceAsync(LaneKey lane, WriteTrace trace, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            lane.PartitionKey, TracePrefix + trace.Key, trace.Actions, cancellationToken);
        return row.HasValue && trace.Actions.All(action => row.Value!.GetBoolean(action) == true);
    }

    /// <summary>Removes the marks and traces that were made before <paramref name="before"/>.</summary>
    public async Task<int> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var count = 0;
        var old = TableClient.CreateQueryFilter($"RowKey ge {MarkPrefix} and Timestamp lt {before}");
        await foreach (var row in table.QueryAsync<TableEntity>(old, select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken))
        {
            await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
            count++;
        }

        return count;
    }

    /// <summary>What the lane's row says; null for a lane that was never used.</summary>
    public Task<LaneState?> FindStateAsync(LaneKey lane, CancellationToken cancellationToken) =>
        leases.FindStateAsync<LaneState>(lane.PartitionKey, LaneState.RowKey, cancellationToken);

    /// <summary>Reads the lane's row and whether another process has the lane.</summary>
    public async Task<LaneHold> OpenAsync(LaneKey lane, TimeSpan holdFor, CancellationToken cancellationToken) =>
        new(lane, await leases.ReadAsync<LaneState>(lane.PartitionKey, LaneState.RowKey, holdFor, cancellationToken));

    private async Task<List<TableEntity>> FindAsync(
        LaneKey lane, IReadOnlyList<string> ids, string prefix, CancellationToken cancellationToken)
    {
        var found = new List<TableEntity>(ids.Count);
        if (ids.Count == 0)
        {
            return found;
        }

        var (low, high) = (prefix + ids.Min(StringComparer.Ordinal), prefix + ids.Max(StringComparer.Ordinal));
        var wanted = ids.Select(id => prefix + id).ToHashSet(StringComparer.Ordinal);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {lane.PartitionKey} and RowKey ge {low} and RowKey le {high}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            if (wanted.Contains(row.RowKey))
            {
                found.Add(row);
            }
        }

        return found;
    }

    private static TableEntity Mark(LaneKey lane, DoneCommand command) =>
        new(lane.PartitionKey, MarkPrefix + command.Id) { ["MadeId"] = command.MadeId };

    /// <summary>A column an action, so that two changes of one entity in one second add up.</summary>
    private static TableEntity Trace(LaneKey lane, WriteTrace trace)
    {
        var row = new TableEntity(lane.PartitionKey, TracePrefix + trace.Key);
        foreach (var action in trace.Actions)
        {
            row[action] = true;
        }

        return row;
    }

    private static TableEntity Row(LaneKey lane, PendingCommand command) =>
        new(lane.PartitionKey, command.Id) { ["Json"] = command.Json, ["StoredAt"] = command.StoredAt };

    private static PendingCommand Read(TableEntity row) => new(row.RowKey, row.GetString("Json"), row.GetDateTimeOffset("StoredAt") ?? default);
}

/// <summary>Names a lane of an account.</summary>
internal readonly record struct LaneKey(long AccountId, string Lane)
{
    public string PartitionKey => string.Create(CultureInfo.InvariantCulture, $"{AccountId}-{Lane}");
}
