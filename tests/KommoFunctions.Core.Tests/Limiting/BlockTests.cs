using Kommo;
using Kommo.Simulator;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Core.Tests.Tokens;
using KommoFunctions.Limiting;
using KommoFunctions.Tests;

namespace KommoFunctions.Core.Tests.Limiting;

public sealed class BlockTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_block_is_counted_and_the_log_names_the_host_that_it_is_about()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        using var blocks = host.Process.Measure<long>("kommo.blocks");
        host.Kommo.AddFault(new SimulatorFault(FaultKind.HtmlForbidden));

        await Assert.ThrowsAnyAsync<KommoException>(() => TokenScenario.CallAsync(host.Process, host));

        var block = Assert.Single(blocks.GetMeasurementSnapshot());
        Assert.Equal((1, MetricNames.Other), (block.Value, block.Tags["server.address"]));
        Assert.Contains(host.Process.Logs.GetSnapshot(), log => log.Message.Contains($"blocks {host.Kommo.BaseAddress.Authority}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_right_that_is_missing_is_no_block()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        using var blocks = host.Process.Measure<long>("kommo.blocks");
        host.Kommo.AddFault(new SimulatorFault(FaultKind.Forbidden));

        await Assert.ThrowsAnyAsync<KommoException>(() => TokenScenario.CallAsync(host.Process, host));

        Assert.Empty(blocks.GetMeasurementSnapshot());
    }

    /// <summary>What Kommo blocks is the address: each request of another account would prolong it.</summary>
    [Fact]
    public async Task Once_a_second_account_is_blocked_all_accounts_pause_on_every_instance()
    {
        var time = new ShiftedTime();
        await using var host = await CoreHost.StartAsync(azurite, o => (o.Time, o.Settings["Limit:LongestWait"]) = (time, "00:00:01"));
        var (limiters, others) = (host.Process.Get<AccountLimiters>(), host.StartProcess().Get<AccountLimiters>());
        Assert.True(await MayAsync(Of(limiters, "third")));

        await Of(limiters, "first").BlockedAsync(CancellationToken.None);
        Assert.False(await MayAsync(Of(limiters, "first")));
        Assert.True(await MayAsync(Of(limiters, "third")));
        await Of(limiters, "first").BlockedAsync(CancellationToken.None);
        Assert.True(await MayAsync(Of(limiters, "third")));

        time.Advance(BlockReports.Grace);
        await Of(limiters, "second").BlockedAsync(CancellationToken.None);

        Assert.False(await MayAsync(Of(limiters, "third")));
        Assert.False(await MayAsync(Of(others, "third")));
    }

    /// <summary>Kommo blocks accounts too. While it serves any other one, it does not block the address.</summary>
    [Fact]
    public async Task Two_accounts_that_are_blocked_by_themselves_stop_nobody_else()
    {
        var time = new ShiftedTime();
        await using var host = await CoreHost.StartAsync(azurite, o =>
        {
            o.Time = time;
            (o.Settings["Limit:LongestWait"], o.Settings["Limit:RequestsPerSecondAndAddress"]) = ("00:00:01", "100");
        });
        var limiters = host.Process.Get<AccountLimiters>();
        for (var round = 0; round < 3; round++)
        {
            await Of(limiters, "first").BlockedAsync(CancellationToken.None);
            await Of(limiters, "second").BlockedAsync(CancellationToken.None);
            time.Advance(BlockReports.Grace / 2);
            Of(limiters, "third").Served();
            time.Advance(BlockReports.Grace);
        }

        Assert.True(await MayAsync(Of(limiters, "third")));
        Assert.False(await MayAsync(Of(limiters, "first")));
    }

    /// <summary>What was served after a block of one account says nothing of a block that came after it.</summary>
    [Fact]
    public async Task An_account_that_was_blocked_before_does_not_hide_that_the_address_is()
    {
        var time = new ShiftedTime();
        await using var host = await CoreHost.StartAsync(azurite, o => (o.Time, o.Settings["Limit:LongestWait"]) = (time, "00:00:01"));
        var limiters = host.Process.Get<AccountLimiters>();
        await Of(limiters, "first").BlockedAsync(CancellationToken.None);
        time.Advance(TimeSpan.FromMinutes(5));
        Of(limiters, "third").Served();
        time.Advance(TimeSpan.FromSeconds(1));

        await Of(limiters, "second").BlockedAsync(CancellationToken.None);
        Assert.True(await MayAsync(Of(limiters, "third")));
        time.Advance(BlockReports.Grace);
        await Of(limiters, "fourth").BlockedAsync(CancellationToken.None);

        Assert.False(await MayAsync(Of(limiters, "third")));
    }

    /// <summary>Anybody can name a host that answers with a web page.</summary>
    [Fact]
    public async Task A_block_page_of_a_host_without_an_account_stops_nobody()
    {
        await using var host = await CoreHost.StartAsync(
            azurite, o => (o.Settings["Limit:LongestWait"], o.Settings["Limit:RequestsPerSecondAndAddress"]) = ("00:00:01", "100"));
        var limiters = host.Process.Get<AccountLimiters>();
        var stranger = limiters.Connecting(new Uri("https://stranger.kommo.com/"));
        using (await stranger.AcquireAsync())
        {
            await stranger.BlockedAsync(CancellationToken.None);
        }

        Assert.True(await MayAsync(Of(limiters, "third")));
        using var next = await limiters.Connecting(new Uri("https://other.kommo.com/")).AcquireAsync();
        Assert.True(next.IsAcquired);
    }

    private static AccountLimiter Of(AccountLimiters all, string name) => all.Get(new Uri($"https://{name}.kommo.com/"));

    private static async Task<bool> MayAsync(AccountLimiter limiter)
    {
        using var lease = await limiter.Limiter.AcquireAsync();
        return lease.IsAcquired;
    }
}
