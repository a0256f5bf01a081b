using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using KommoFunctions.Messaging;

namespace KommoFunctions.Storage;

/// <summary>Creates the queues, tables and containers that are not there yet. Safe to run by several processes at once.</summary>
public sealed class StorageProvisioner
{
    private readonly QueueServiceClient _queues;
    private readonly TableServiceClient _tables;
    private readonly BlobServiceClient _blobs;

    internal StorageProvisioner(StorageConnection connection)
    {
        _queues = connection.Queues;
        _tables = connection.Tables;
        _blobs = connection.Blobs;
    }

    /// <summary>Creates what is missing.</summary>
    /// <exception cref="RequestFailedException">The storage account cannot be reached or refuses.</exception>
    public async Task EnsureCreatedAsync(CancellationToken cancellationToken = default)
    {
        var queues = QueueNames.All.SelectMany(name => new[] { name, QueueNames.Poison(name) });
        await Task.WhenAll(
        [
            .. queues.Select(name => _queues.GetQueueClient(name).CreateIfNotExistsAsync(cancellationToken: cancellationToken)),
            .. TableNames.All.Select(name => _tables.CreateTableIfNotExistsAsync(name, cancellationToken)),
            .. ContainerNames.All.Select(name => _blobs.GetBlobContainerClient(name).CreateIfNotExistsAsync(cancellationToken: cancellationToken)),
        ]);
    }
}
