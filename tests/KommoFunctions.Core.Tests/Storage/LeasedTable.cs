using Azure.Core;
using Azure.Data.Tables;
using KommoFunctions.Emulators.Storage;
using KommoFunctions.Storage;
using KommoFunctions.Tests;
using Microsoft.Extensions.Logging.Abstractions;

namespace KommoFunctions.Core.Tests.Storage;

/// <summary>A table behind a proxy, and processes that lease its rows, each with a clock of its own.</summary>
internal sealed class LeasedTable : IAsyncDisposable
{
    private readonly TableClient _table;
    private readonly string _name = AzuriteFixture.NewTableName();

    private LeasedTable(StorageProxy proxy)
    {
        Proxy = proxy;
        _table = new TableClient(proxy.ConnectionString, _name);
    }

    public StorageProxy Proxy { get; }

    public static async Task<LeasedTable> StartAsync(AzuriteFixture azurite)
    {
        var table = new LeasedTable(await StorageProxy.StartAsync(StorageProxyOptions.For(azurite.Azurite), CancellationToken.None));
        await table._table.CreateAsync();
        return table;
    }

    /// <summary>A process for which storage's time is the given clock's.</summary>
    public RowLeases Follow(TimeProvider time, int retries = 3) => Leases(new TableClientOptions(), retries, new Framework.FollowingClock(time), TimeProvider.System);

    /// <summary>A process that learns storage's time from storage's answers, with a wall clock of its own.</summary>
    public RowLeases Learn(TimeProvider time)
    {
        var (options, clock) = (new TableClientOptions(), new StorageClock(time));
        options.AddPolicy(new StorageClockPolicy { Clock = clock }, HttpPipelinePosition.PerRetry);
        return Leases(options, retries: 3, clock, time);
    }

    public Task PutAsync(TableEntity row) => _table.UpsertEntityAsync(row, TableUpdateMode.Replace);

    /// <summary>Storage acts on the next writes, and nobody hears of it.</summary>
    public IDisposable DropAnswers(int? times = null) =>
        Proxy.Faults.Add(new StorageFault { Kind = StorageFaultKind.DropResponse, Matches = IsWrite, Times = times });

    public static bool IsWrite(StorageRequestKind kind) => kind
        is { Service: StorageService.Table, Method: "PUT", Resource: "entity" } or { Service: StorageService.Table, Method: "POST", Resource: "entities" };

    public async ValueTask DisposeAsync()
    {
        Proxy.Faults.Clear();
        await _table.DeleteAsync();
        await Proxy.DisposeAsync();
    }

    private RowLeases Leases(TableClientOptions options, int retries, IStorageClock clock, TimeProvider time)
    {
        (options.Retry.MaxRetries, options.Retry.Delay) = (retries, TimeSpan.FromMilliseconds(10));
        return new RowLeases(new VersionedRows(new TableClient(Proxy.ConnectionString, _name, options), time), clock, time, NullLogger<RowLeases>.Instance);
    }
}

/// <summary>Something that a leased row carries.</summary>
internal sealed record Note(string Text = "") : IRowState<Note>
{
    public static Note Read(TableEntity? row) => new(row?.GetString("Text") ?? string.Empty);

    public void Write(TableEntity row) => row["Text"] = Text;
}
