using Azure.Core;
using KommoFunctions.Emulators.Storage.InMemory.Blobs;
using KommoFunctions.Emulators.Storage.InMemory.Queues;
using KommoFunctions.Emulators.Storage.InMemory.Tables;

namespace KommoFunctions.Emulators.Storage.InMemory;

/// <summary>
/// A storage account in memory, below the real SDK clients: <see cref="Use(ClientOptions)"/> gives a client's options the transport that leads here.
/// It does what the REST API says for tables, queues and blobs, transactions with conditions included, by a clock that the caller moves. It knows the
/// operations that this project uses; anything else is answered with 501.
/// </summary>
/// <param name="time">The clock of storage: the <c>Date</c> header, <c>Timestamp</c>, visibility and expiry follow it.</param>
public sealed class InMemoryStorage(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly TableService _tables = new(time);
    private readonly QueueService _queues = new(time);
    private readonly BlobService _blobs = new(time);
    private long _requests;

    /// <summary>Leads to a host that cannot exist, so that a client without the transport reaches nothing.</summary>
    public static string ConnectionString { get; } =
        $"DefaultEndpointsProtocol=https;AccountName=memory;AccountKey={Convert.ToBase64String(new byte[32])};EndpointSuffix=storage.invalid";

    /// <summary>Requests that were acted on, whatever the answer.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Points a client at this storage, without delays between retries.</summary>
    public void Use(ClientOptions options) => Use(options, new InMemoryTransport(this));

    /// <summary>Empties every table, queue and container.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _tables.Clear();
            _queues.Clear();
            _blobs.Clear();
        }
    }

    /// <summary>A line for each row and each blob.</summary>
    /// <param name="show">A value as text; null for one that is to be left out. Gets the column's name, which is empty for a blob's content.</param>
    internal List<string> Snapshot(Func<string, object, string?> show)
    {
        lock (_lock)
        {
            return
            [
                .. _tables.All.SelectMany(table => table.Value.Rows.Select(row => $"{table.Key} {row.PartitionKey} {row.RowKey}: "
                    + string.Join(", ", row.Properties.OrderBy(column => column.Key, StringComparer.Ordinal)
                        .Select(column => (column.Key, Text: show(column.Key, column.Value.Value)))
                        .Where(column => column.Text is not null).Select(column => $"{column.Key}={column.Text}")))),
                .. _blobs.All.SelectMany(container => container.Value.Select(blob => $"{container.Key}/{blob.Key}: {show("", blob.Value.Content.ToArray())}")),
            ];
        }
    }

    /// <summary>What is in a table, past the clients and the interleaving.</summary>
    internal IEnumerable<TableRow> RowsOf(string table) => _tables.Find(table).Rows;

    /// <summary>A queue, past the clients and the interleaving.</summary>
    internal Queue QueueOf(string name) => _queues.Find(name);

    internal static void Use(ClientOptions options, InMemoryTransport transport)
    {
        options.Transport = transport;
        options.Retry.Delay = options.Retry.MaxDelay = TimeSpan.Zero;
        options.Retry.NetworkTimeout = Timeout.InfiniteTimeSpan;
        options.Diagnostics.IsLoggingEnabled = options.Diagnostics.IsDistributedTracingEnabled = options.Diagnostics.IsTelemetryEnabled = false;
    }

    internal StorageAnswer Handle(StorageCall call)
    {
        lock (_lock)
        {
            _requests++;
            try
            {
                return Sign(call, call.Service switch
                {
                    StorageService.Table => _tables.Handle(call),
                    StorageService.Queue => _queues.Handle(call),
                    _ => _blobs.Handle(call),
                });
            }
            catch (StorageRefusal refusal)
            {
                return Refuse(call, refusal);
            }
        }
    }

    internal StorageAnswer Refuse(StorageCall call, StorageRefusal refusal) => Sign(call, refusal.ToAnswer(call.Service));

    private StorageAnswer Sign(StorageCall call, StorageAnswer answer)
    {
        answer.With("Date", time.GetUtcNow().ToString("R")).With("x-ms-request-id", $"{_requests:D32}").With("x-ms-version", "2026-02-06");
        return call.Header("x-ms-client-request-id") is { } id ? answer.With("x-ms-client-request-id", id) : answer;
    }
}
