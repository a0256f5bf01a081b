using Kommo.Simulator.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Kommo.Simulator.Tests.Limits;

public sealed class LimitTests
{
    [Fact]
    public async Task Exactly_seven_of_twenty_simultaneous_requests_pass()
    {
        // The clock stands still, so all twenty arrive within one window however slow the machine is.
        FakeTimeProvider time = new();
        await using TestAccount account = await StartAsync(time);
        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => account.GetAsync("/api/v4/account")));
        Assert.Equal(7, answers.Count(answer => answer.Status == 200));
        Answer refused = answers.First(answer => answer.Status != 200);
        Assert.Equal((429, "application/problem+json"), (refused.Status, refused.ContentType));
        Assert.Equal(300, refused.Json["retry_after"]!.GetValue<int>());
        Assert.Equal(429, refused.Json["status"]!.GetValue<int>());
        SimulatorStatistics statistics = account.Simulator.GetStatistics();
        Assert.Equal((20, 13, 0, 20), (statistics.Requests, statistics.Refused, statistics.Blocked, statistics.BusiestWindow));
        Assert.Equal(20, statistics.RequestsByRoute["GET /api/v4/account"]);
    }

    [Fact]
    public async Task Seven_a_second_pass_for_as_long_as_one_likes()
    {
        FakeTimeProvider time = new();
        await using TestAccount account = await StartAsync(time);
        for (int request = 0; request < 28; request++)
        {
            Assert.Equal(200, (await account.GetAsync("/api/v4/account")).Status);
            time.Advance(TimeSpan.FromSeconds(1) / 7 + TimeSpan.FromTicks(1));
        }

        Assert.Equal(7, account.Simulator.GetStatistics().BusiestWindow);
    }

    [Fact]
    public async Task Those_who_insist_are_blocked_on_every_route_until_the_block_is_lifted()
    {
        FakeTimeProvider time = new();
        await using TestAccount account = await StartAsync(time);
        for (int request = 0; request < 27; request++)
        {
            await account.GetAsync("/api/v4/account");
        }

        time.Advance(TimeSpan.FromHours(1));
        Answer api = await account.GetAsync("/api/v4/leads");
        Answer token = await account.PostAsync("/oauth2/access_token", "{}");
        Assert.Equal((403, "text/html", 403, "text/html"), (api.Status, api.ContentType, token.Status, token.ContentType));
        Assert.Contains("<center>nginx</center>", api.Text, StringComparison.Ordinal);
        Assert.Equal((20, 2, 1), (account.Simulator.GetStatistics().Refused, account.Simulator.GetStatistics().Blocked,
            account.Simulator.GetStatistics().TokenRequests));
        account.Simulator.Unblock();
        Assert.Equal(204, (await account.GetAsync("/api/v4/leads")).Status);
    }

    [Fact]
    public async Task Refusals_spread_wider_than_the_block_window_do_not_block()
    {
        FakeTimeProvider time = new();
        await using TestAccount account = await StartAsync(time, options => options.BlockAfterRateLimited = 3);
        for (int burst = 0; burst < 10; burst++)
        {
            for (int request = 0; request < 9; request++)
            {
                await account.GetAsync("/api/v4/account");
            }

            time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.False(account.Simulator.IsBlocked);
        Assert.Equal(20, account.Simulator.GetStatistics().Refused);
    }

    [Fact]
    public async Task The_token_endpoint_counts_and_the_simulators_own_routes_do_not()
    {
        FakeTimeProvider time = new();
        await using TestAccount account = await StartAsync(time);
        for (int request = 0; request < 7; request++)
        {
            Assert.Equal(400, (await account.PostAsync("/oauth2/access_token", "{}")).Status);
            Assert.Equal(200, (await account.GetAsync("/_simulator/statistics")).Status);
        }

        Assert.Equal(429, (await account.GetAsync("/api/v4/account")).Status);
        Assert.Equal(8, account.Simulator.GetStatistics().Requests);
    }

    [Fact]
    public async Task A_reset_of_the_statistics_leaves_the_limit_alone()
    {
        FakeTimeProvider time = new();
        await using TestAccount account = await StartAsync(time);
        for (int request = 0; request < 7; request++)
        {
            await account.GetAsync("/api/v4/account");
        }

        account.Simulator.ResetStatistics();
        Assert.Equal(429, (await account.GetAsync("/api/v4/account")).Status);
        Assert.Equal((1, 1), (account.Simulator.GetStatistics().Requests, account.Simulator.GetStatistics().BusiestWindow));
    }

    private static Task<TestAccount> StartAsync(FakeTimeProvider time, Action<KommoSimulatorOptions>? more = null) =>
        TestAccount.StartAsync(options =>
        {
            options.TimeProvider = time;
            options.RequestsPerSecond = 7;
            more?.Invoke(options);
        });
}
