using System.Globalization;
using Azure;
using Azure.Data.Tables;

namespace KommoFunctions.Outbox;

/// <summary>The commands in table storage: a partition a lane of an account, a row a command, in the order in which the events came.</summary>
internal sealed class OutboxStore(TableClient table)
{
    private const int MaxJsonLength = 30_000;

    /// <summary>Stores commands. One that is there already stays as it is, so that a handler that runs twice writes once.</summary>
    public async Task AddAsync(LaneKey lane, PendingCommand command, CancellationToken cancellationToken)
    {
        if (command.Json.Length > MaxJsonLength)
        {
            throw new ArgumentException($"A command of {command.Json.Length} characters is too large; at most {MaxJsonLength} can be stored.");
        }

        var row = new TableEntity(lane.PartitionKey, command.Id) { ["Json"] = command.Json, ["StoredAt"] = command.StoredAt };
        try
        {
            await table.AddEntityAsync(row, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // Stored by an earlier run of the same handler for the same event.
        }
    }

    /// <summary>The oldest commands of a lane.</summary>
    public async Task<IReadOnlyList<PendingCommand>> PeekAsync(LaneKey lane, int count, CancellationToken cancellationToken)
    {
        var first = LaneState.RowKey + "0";
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {lane.PartitionKey} and RowKey gt {first}");
        await foreach (var page in table.QueryAsync<TableEntity>(filter, count, cancellationToken: cancellationToken).AsPages())
        {
            return [.. page.Values.Take(count).Select(Read)];
        }

        return [];
    }

    /// <summary>Those of the commands that are still there.</summary>
    public async Task<IReadOnlyList<PendingCommand>> GetAsync(LaneKey lane, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var found = new List<PendingCommand>(ids.Count);
        if (ids.Count == 0)
        {
            return found;
        }

        var (low, high) = (ids.Min(StringComparer.Ordinal)!, ids.Max(StringComparer.Ordinal)!);
        var wanted = ids.ToHashSet(StringComparer.Ordinal);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {lane.PartitionKey} and RowKey ge {low} and RowKey le {high}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            if (wanted.Contains(row.RowKey))
            {
                found.Add(Read(row));
            }
        }

        return found;
    }

    /// <summary>Removes commands that are done. Repeating it is harmless.</summary>
    public async Task RemoveAsync(LaneKey lane, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        foreach (var chunk in ids.Chunk(100))
        {
            try
            {
                await table.SubmitTransactionAsync(
                    chunk.Select(id => new TableTransactionAction(
                        TableTransactionActionType.Delete, new TableEntity(lane.PartitionKey, id), ETag.All)),
                    cancellationToken);
            }
            catch (TableTransactionFailedException e) when (e.Status == 404)
            {
                // One of them is gone already, which fails the whole transaction.
                foreach (var id in chunk)
                {
                    await table.DeleteEntityAsync(lane.PartitionKey, id, ETag.All, cancellationToken);
                }
            }
        }
    }

    /// <summary>Reads the lane's row; a lane that was never used has none yet.</summary>
    public async Task<LaneState> ReadStateAsync(LaneKey lane, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(lane.PartitionKey, LaneState.RowKey, cancellationToken: cancellationToken);
        return row.HasValue ? LaneState.From(row.Value!) : LaneState.New;
    }

    /// <summary>Writes the lane's row if nobody changed it since it was read.</summary>
    /// <returns>The state with its new ETag; null when another process was faster.</returns>
    public async Task<LaneState?> TryWriteStateAsync(LaneKey lane, LaneState state, CancellationToken cancellationToken)
    {
        try
        {
            var row = state.ToRow(lane.PartitionKey);
            var response = state.ETag is { } etag
                ? await table.UpdateEntityAsync(row, etag, TableUpdateMode.Replace, cancellationToken)
                : await table.AddEntityAsync(row, cancellationToken);
            return state with { ETag = response.Headers.ETag };
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            return null;
        }
    }

    private static PendingCommand Read(TableEntity row) => new(row.RowKey, row.GetString("Json"), row.GetDateTimeOffset("StoredAt") ?? default);
}

/// <summary>Names a lane of an account.</summary>
internal readonly record struct LaneKey(long AccountId, string Lane)
{
    public string PartitionKey => string.Create(CultureInfo.InvariantCulture, $"{AccountId}-{Lane}");
}
