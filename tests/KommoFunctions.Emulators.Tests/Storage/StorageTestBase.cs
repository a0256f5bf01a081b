using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using KommoFunctions.Tests;

namespace KommoFunctions.Emulators.Storage;

/// <summary>A proxy of its own for each test, in front of the one Azurite, and SDK clients that do not repeat requests.</summary>
public abstract class StorageTestBase(AzuriteFixture fixture) : IAsyncLifetime
{
    private StorageProxy? _proxy;

    protected AzuriteFixture Fixture => fixture;

    protected StorageProxy Proxy => _proxy!;

    protected virtual TimeProvider Time => TimeProvider.System;

    public async ValueTask InitializeAsync() =>
        _proxy = await StorageProxy.StartAsync(StorageProxyOptions.For(fixture.Azurite, Time), CancellationToken.None);

    public virtual async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A new table, created without the proxy, and the client that goes through it.</summary>
    protected async Task<TableClient> CreateTableAsync(int maxRetries = 0)
    {
        var name = AzuriteFixture.NewTableName();
        await new TableClient(fixture.ConnectionString, name).CreateAsync();
        return new TableClient(Proxy.ConnectionString, name, With(new TableClientOptions(), maxRetries));
    }

    protected async Task<QueueClient> CreateQueueAsync()
    {
        var name = AzuriteFixture.NewQueueName();
        await new QueueClient(fixture.ConnectionString, name).CreateAsync();
        return new QueueClient(Proxy.ConnectionString, name, With(new QueueClientOptions(), 0));
    }

    protected async Task<BlobContainerClient> CreateContainerAsync()
    {
        var name = AzuriteFixture.NewContainerName();
        await new BlobContainerClient(fixture.ConnectionString, name).CreateAsync();
        return new BlobContainerClient(Proxy.ConnectionString, name, With(new BlobClientOptions(), 0));
    }

    private static T With<T>(T options, int maxRetries)
        where T : ClientOptions
    {
        options.Retry.MaxRetries = maxRetries;
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(1);
        return options;
    }
}
