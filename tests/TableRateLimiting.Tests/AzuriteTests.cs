using System.Diagnostics.Metrics;
using System.Threading.RateLimiting;
using Azure.Core;
using Azure.Data.Tables;
using KommoFunctions.Tests;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using TableRateLimiting.Internal;
using TableRateLimiting.Tests.Simulation;

namespace TableRateLimiting.Tests;

/// <summary>
/// Against a real table service through the real SDK. The margin is wider than the default, because the receiver is a thread of a busy
/// machine: it covers a test thread that is kept waiting between its permit and its entry in the receiver's book.
/// </summary>
public sealed class AzuriteTests(AzuriteFixture azurite)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    private readonly string _table = AzuriteFixture.NewTableName();
    private readonly long _start = TimeProvider.System.GetTimestamp();

    [Theory]
    [InlineData(1, 24)]
    [InlineData(4, 7)]
    public async Task The_receiver_sees_no_window_above_the_limit(int limiters, int permitsEach)
    {
        var receiver = new Receiver();
        await Task.WhenAll(Enumerable.Range(0, limiters).Select(async _ =>
        {
            await using var limiter = NewLimiter(new TableRateLimiterOptions { MaxWait = TimeSpan.FromMinutes(1) });
            await Task.WhenAll(Enumerable.Range(0, permitsEach).Select(_ => UseAsync(limiter, receiver)));
        }));

        Assert.Equal(limiters * permitsEach, receiver.Count);
        Assert.InRange(receiver.Most(Window), 1, 7);
    }

    [Fact]
    public async Task A_new_process_continues_the_log_of_the_one_before()
    {
        var receiver = new Receiver();
        for (var process = 0; process < 3; process++)
        {
            await using var limiter = NewLimiter();
            await Task.WhenAll(Enumerable.Range(0, 7).Select(_ => UseAsync(limiter, receiver)));
        }

        Assert.Equal(21, receiver.Count);
        Assert.InRange(receiver.Most(Window), 1, 7);
    }

    [Fact]
    public async Task A_pause_stops_the_other_processes_until_it_is_lifted()
    {
        await using var one = NewLimiter();
        await using var other = NewLimiter();
        using (var before = await other.AcquireAsync())
        {
            Assert.True(before.IsAcquired);
        }

        await one.PauseAsync(TimeSpan.FromMinutes(5));
        using var during = await other.AcquireAsync();
        Assert.False(during.IsAcquired);
        Assert.True(during.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter));
        Assert.InRange(retryAfter, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));

        await one.ResumeAsync();
        await EventuallyAsync(other);
    }

    [Fact]
    public async Task A_later_pause_does_not_shorten_an_earlier_one()
    {
        await using var one = NewLimiter();
        await one.PauseAsync(TimeSpan.FromMinutes(5));
        await one.PauseAsync(TimeSpan.FromMinutes(1));

        await using var other = NewLimiter();
        using var lease = await other.AcquireAsync();
        Assert.True(lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter));
        Assert.InRange(retryAfter, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Without_storage_the_own_share_is_granted_until_storage_is_back()
    {
        var network = new FaultPolicy { Fault = Fault.Down };
        using var meters = new Meters();
        using var state = new MetricCollector<int>(meters, TableRateLimiter.MeterName, "table_rate_limiting.fallback");
        await using var limiter = NewLimiter(
            new TableRateLimiterOptions { MaxWait = TimeSpan.FromSeconds(1) }, network, meters, fallbackAfter: TimeSpan.FromMilliseconds(100));
        int FallenBack() => state.GetMeasurementSnapshot().Sum(one => one.Value);

        var receiver = new Receiver();
        await UseAsync(limiter, receiver);
        await UseAsync(limiter, receiver);
        await UseAsync(limiter, receiver);
        Assert.Equal(1, receiver.Most(Window));
        Assert.Equal(1, FallenBack());

        network.Fault = Fault.None;
        while (FallenBack() == 1)
        {
            await UseAsync(limiter, receiver);
        }

        Assert.Equal(0, FallenBack());
        await UseAsync(limiter, receiver);
        Assert.NotEmpty((await ReadAsync()).Grants);
    }

    [Fact]
    public async Task A_write_that_the_client_sent_twice_is_recognised_as_ones_own()
    {
        var network = new FaultPolicy();
        await using var limiter = NewLimiter(network: network);
        await UseAsync(limiter, new Receiver());
        network.Fault = Fault.AnswersLost;
        await UseAsync(limiter, new Receiver());

        Assert.Equal(2, (await ReadAsync()).Grants.Length);
    }

    [Fact]
    public async Task An_entity_of_a_later_format_is_neither_used_nor_changed()
    {
        var client = NewClient(null);
        await client.CreateAsync();
        await client.AddEntityAsync(new TableEntity("kommo", _table) { ["Format"] = 3, ["Grants"] = "other" });
        await using var limiter = NewLimiter(new TableRateLimiterOptions { FallbackPermitsPerWindow = 0 }, fallbackAfter: TimeSpan.Zero);

        using var lease = await limiter.AcquireAsync();

        Assert.False(lease.IsAcquired);
        Assert.Equal("other", (await client.GetEntityAsync<TableEntity>("kommo", _table)).Value.GetString("Grants"));
    }

    [Fact]
    public async Task The_tag_of_a_write_tells_the_service_time_to_the_millisecond()
    {
        var store = new GrantStore(NewClient(null), new TableRateLimitScope("kommo", _table));

        var before = TimeProvider.System.GetUtcNow().UtcTicks;
        var answer = await store.ProbeAsync(default);
        var after = TimeProvider.System.GetUtcNow().UtcTicks;

        Assert.True(answer.Exact);
        Assert.InRange(answer.Stamp!.Value.Earliest, before - (3 * TimeSpan.TicksPerMillisecond), after);
        Assert.InRange(answer.Stamp.Value.Latest, before, after + (3 * TimeSpan.TicksPerMillisecond));
    }

    [Fact]
    public async Task Unknown_properties_of_the_entity_are_left_alone()
    {
        var client = NewClient(null);
        await using var limiter = NewLimiter();
        await UseAsync(limiter, new Receiver());
        await client.UpsertEntityAsync(new TableEntity("kommo", _table) { ["Remark"] = "kept" }, TableUpdateMode.Merge);
        await UseAsync(limiter, new Receiver());

        Assert.Equal("kept", (await client.GetEntityAsync<TableEntity>("kommo", _table)).Value.GetString("Remark"));
    }

    private TableRateLimiter NewLimiter(
        TableRateLimiterOptions? options = null, FaultPolicy? network = null, IMeterFactory? meters = null, TimeSpan? fallbackAfter = null)
    {
        options ??= new TableRateLimiterOptions();
        options.ArrivalJitter = TimeSpan.FromMilliseconds(300);
        var settings = Settings.From(options);
        return Limiters.New(NewClient(network), "kommo", _table, settings with { FallbackAfter = fallbackAfter?.Ticks ?? settings.FallbackAfter }, meters);
    }

    private TableClient NewClient(FaultPolicy? network)
    {
        var options = new TableClientOptions { Retry = { MaxRetries = 0 } };
        if (network is not null)
        {
            options.AddPolicy(network, HttpPipelinePosition.PerRetry);
        }

        return new TableClient(azurite.ConnectionString, _table, options);
    }

    private async Task<GrantRecord> ReadAsync() =>
        GrantEntity.Read((await NewClient(null).GetEntityAsync<TableEntity>("kommo", _table)).Value);

    /// <summary>Asks until there is a permit, and uses it at once.</summary>
    private async Task UseAsync(TableRateLimiter limiter, Receiver receiver)
    {
        while (true)
        {
            using var lease = await limiter.AcquireAsync();
            if (lease.IsAcquired)
            {
                receiver.Arrive(TimeProvider.System.GetElapsedTime(_start).Ticks, 1);
                return;
            }

            Assert.True(lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter));
            await Task.Delay(retryAfter + TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }

    /// <summary>Asks again and again without minding the expected wait: it was a pause that is lifted.</summary>
    private static async Task EventuallyAsync(TableRateLimiter limiter)
    {
        while (true)
        {
            using var lease = await limiter.AcquireAsync();
            if (lease.IsAcquired)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }
}
