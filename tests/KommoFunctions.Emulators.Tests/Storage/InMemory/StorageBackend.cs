using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using KommoFunctions.Tests;
using Microsoft.Extensions.Time.Testing;

namespace KommoFunctions.Emulators.Storage.InMemory;

/// <summary>What the contract runs over, with clients that do not repeat requests.</summary>
public abstract class StorageBackend
{
    public TableServiceClient Tables => new(ConnectionString, Options(new TableClientOptions()));

    public QueueServiceClient Queues => new(ConnectionString, Options(new QueueClientOptions()));

    public BlobServiceClient Blobs => new(ConnectionString, Options(new BlobClientOptions()));

    protected abstract string ConnectionString { get; }

    /// <summary>Lets time pass for storage.</summary>
    public abstract Task PassAsync(TimeSpan time);

    /// <summary>Whether it does what the documentation says in a matter in which Azurite is known not to.</summary>
    internal abstract bool Follows(AzuriteDeviation deviation);

    protected virtual void Configure(ClientOptions options)
    {
    }

    private T Options<T>(T options)
        where T : ClientOptions
    {
        options.Retry.MaxRetries = 0;
        Configure(options);
        return options;
    }
}

/// <summary>The emulator that everybody uses.</summary>
public sealed class AzuriteBackend(AzuriteFixture azurite) : StorageBackend
{
    protected override string ConnectionString => azurite.ConnectionString;

    public override Task PassAsync(TimeSpan time) => Task.Delay(time + TimeSpan.FromMilliseconds(200), TimeProvider.System);

    internal override bool Follows(AzuriteDeviation deviation) => false;
}

/// <summary>Storage in memory.</summary>
public sealed class InMemoryBackend : StorageBackend
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-01-31T10:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
    private readonly InMemoryStorage _storage;

    public InMemoryBackend() => _storage = new InMemoryStorage(_time);

    protected override string ConnectionString => InMemoryStorage.ConnectionString;

    public override Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }

    internal override bool Follows(AzuriteDeviation deviation) => true;

    protected override void Configure(ClientOptions options) => _storage.Use(options);
}
