using System.Threading.Channels;
using Azure.Data.Tables;
using KommoFunctions.Tests;
using Microsoft.Extensions.Time.Testing;

namespace KommoFunctions.Emulators.Storage;

public sealed class LatencyTests(AzuriteFixture fixture) : StorageTestBase(fixture)
{
    private static readonly TableEntity Entity = new("p", "r");
    private readonly WatchedTime _time = new();

    protected override TimeProvider Time => _time;

    [Fact]
    public async Task A_request_waits_its_latency_before_storage_acts()
    {
        var table = await CreateTableAsync();
        Proxy.Faults.RequestLatency = new StorageLatency(TimeSpan.FromSeconds(10), TimeSpan.Zero);
        var adding = table.AddEntityAsync(Entity);
        await _time.NextDelayAsync();

        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(await ExistsAsync(table));
        _time.Advance(TimeSpan.FromSeconds(0.1));

        await adding;
        Assert.True(await ExistsAsync(table));
    }

    [Fact]
    public async Task An_answer_waits_its_latency_after_storage_acted()
    {
        var table = await CreateTableAsync();
        Proxy.Faults.ResponseLatency = new StorageLatency(TimeSpan.FromSeconds(10), TimeSpan.Zero);
        var adding = table.AddEntityAsync(Entity);
        await _time.NextDelayAsync();

        Assert.True(await ExistsAsync(table));
        Assert.False(adding.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(10));

        await adding;
    }

    [Fact]
    public async Task A_late_answer_comes_after_storage_acted_and_only_to_requests_that_match()
    {
        var (table, queue) = (await CreateTableAsync(), await CreateQueueAsync());
        using var late = Proxy.Faults.Add(new StorageFault
        {
            Kind = StorageFaultKind.Late,
            Delay = TimeSpan.FromSeconds(10),
            Matches = kind => kind is { Service: StorageService.Table, Method: "POST" },
        });
        var adding = table.AddEntityAsync(Entity);
        await _time.NextDelayAsync();

        Assert.True(await ExistsAsync(table));
        await queue.SendMessageAsync("m");
        Assert.False(adding.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(10));

        await adding;
    }

    [Fact]
    public async Task Jitter_is_added_on_top_and_spread()
    {
        var table = await CreateTableAsync();
        Proxy.Faults.RequestLatency = new StorageLatency(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        var delays = new List<TimeSpan>();
        for (var request = 0; request < 30; request++)
        {
            var writing = table.UpsertEntityAsync(Entity);
            delays.Add(await _time.NextDelayAsync());
            _time.Advance(TimeSpan.FromSeconds(3));
            await writing;
        }

        Assert.All(delays, delay => Assert.InRange(delay, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)));
        Assert.True(delays.Max() - delays.Min() > TimeSpan.FromSeconds(1), "thirty draws from two seconds lie apart");
    }

    private async Task<bool> ExistsAsync(TableClient table) =>
        (await new TableClient(Fixture.ConnectionString, table.Name).GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue;

    /// <summary>A clock that says when someone begins to wait on it, so that no test advances it too early.</summary>
    private sealed class WatchedTime : FakeTimeProvider
    {
        private readonly Channel<TimeSpan> _delays = Channel.CreateUnbounded<TimeSpan>();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            _delays.Writer.TryWrite(dueTime);
            return timer;
        }

        public async Task<TimeSpan> NextDelayAsync() => await _delays.Reader.ReadAsync();
    }
}
