using Azure.Data.Tables;
using Azure.Storage.Queues;
using KommoFunctions.Messaging;
using KommoFunctions.Storage;

namespace KommoFunctions.Bench;

/// <summary>Work that is neither done nor a dead letter: messages in the queues, and rows of the tables in which work waits.</summary>
internal sealed class Leftovers(string connectionString)
{
    /// <summary>The tables in which work waits, and which of their rows are such.</summary>
    private static readonly (string Table, string Rows)[] WaitingRows =
    [
        (TableNames.Outbox, "RowKey ge '0' and RowKey lt ':'"),
        (TableNames.Holds, "PartitionKey ge '0' and PartitionKey lt ':'"),
    ];

    private readonly QueueServiceClient _queues = new(connectionString);
    private readonly TableServiceClient _tables = new(connectionString);

    /// <summary>How much is left.</summary>
    public async Task<int> CountAsync(CancellationToken cancellationToken) => (await FindAsync(cancellationToken)).Values.Sum();

    /// <summary>How much is left, by queue and table; none where nothing is.</summary>
    public async Task<IReadOnlyDictionary<string, int>> FindAsync(CancellationToken cancellationToken)
    {
        var left = new Dictionary<string, int>();
        foreach (var queue in QueueNames.All.SelectMany(name => new[] { name, QueueNames.Poison(name) }))
        {
            left[queue] = await CountMessagesAsync(queue, cancellationToken);
        }

        foreach (var (table, rows) in WaitingRows)
        {
            left[table] = await CountRowsAsync(table, rows, cancellationToken);
        }

        return left.Where(place => place.Value > 0).ToDictionary();
    }

    /// <summary>The messages of one queue, visible or not.</summary>
    public async Task<int> CountMessagesAsync(string queue, CancellationToken cancellationToken) =>
        (await _queues.GetQueueClient(queue).GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount;

    private async Task<int> CountRowsAsync(string table, string rows, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var _ in _tables.GetTableClient(table).QueryAsync<TableEntity>(rows, select: ["RowKey"], cancellationToken: cancellationToken))
        {
            count++;
        }

        return count;
    }
}
