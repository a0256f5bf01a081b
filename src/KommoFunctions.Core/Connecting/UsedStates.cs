using Azure;
using Azure.Data.Tables;

namespace KommoFunctions.Connecting;

/// <summary>The tries to connect that have come back, one row each: none comes back twice, on whatever instance.</summary>
internal sealed class UsedStates(TableClient table)
{
    private const string Partition = "state";

    /// <returns>False when it was used before.</returns>
    public async Task<bool> TryUseAsync(ConnectState state, CancellationToken cancellationToken)
    {
        try
        {
            await table.AddEntityAsync(new TableEntity(Partition, state.Id) { ["Expires"] = state.Expires }, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return false;
        }
    }

    /// <summary>Removes those that had expired by <paramref name="before"/>: their signature no longer counts anyway.</summary>
    public async Task<int> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var count = 0;
        var old = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and Expires lt {before}");
        await foreach (var row in table.QueryAsync<TableEntity>(old, select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken))
        {
            await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
            count++;
        }

        return count;
    }
}
