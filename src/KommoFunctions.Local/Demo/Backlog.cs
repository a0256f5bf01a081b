using Azure.Data.Tables;
using Azure.Storage.Queues;
using KommoFunctions.Messaging;
using KommoFunctions.Storage;

namespace KommoFunctions.Local.Demo;

/// <summary>Looks into storage from outside the app: what waits, and what became of the events.</summary>
internal sealed class Backlog(string connectionString)
{
    private readonly QueueServiceClient _queues = new(connectionString);
    private readonly TableServiceClient _tables = new(connectionString);

    /// <summary>Whether no message is in any queue, visible or not.</summary>
    public async Task<bool> IsEmptyAsync(CancellationToken cancellationToken)
    {
        foreach (var name in QueueNames.All)
        {
            var properties = await _queues.GetQueueClient(name).GetPropertiesAsync(cancellationToken);
            if (properties.Value.ApproximateMessagesCount > 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>How many different events were seen.</summary>
    public Task<int> CountEventsAsync(CancellationToken cancellationToken) => CountAsync(TableNames.Events, cancellationToken);

    public Task<int> CountDeadLettersAsync(CancellationToken cancellationToken) => CountAsync(TableNames.DeadLetters, cancellationToken);

    private async Task<int> CountAsync(string table, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var _ in _tables.GetTableClient(table).QueryAsync<TableEntity>(select: ["RowKey"], cancellationToken: cancellationToken))
        {
            count++;
        }

        return count;
    }
}
