using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Tests;

namespace KommoFunctions.Core.Tests.DeadLetters;

public sealed class BulkTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task All_that_a_filter_finds_are_replayed_in_several_calls_and_done()
    {
        var (host, desk) = await FailAsync(leads: 7);
        await using var _ = host;
        host.Script.Do = (_, _, _) => Task.CompletedTask;

        var done = 0;
        string? next = null;
        do
        {
            var answer = await desk.ReplayManyAsync(new { reason = "handler-failed", limit = 3, @continue = next });
            done += answer.GetProperty("done").GetInt32();
            next = answer.TryGetProperty("continue", out var value) ? value.GetString() : null;
        }
        while (next is not null);
        await host.Process.SettleAsync();

        Assert.Equal(7, done);
        Assert.Equal(14, host.Script.Seen.Count);
        Assert.Empty(await desk.ListAsync());
    }

    [Fact]
    public async Task What_a_filter_leaves_out_is_not_touched()
    {
        var (host, desk) = await FailAsync(leads: 2);
        await using var _ = host;

        Assert.Equal(0, (await desk.DiscardManyAsync(new { account = 17 })).GetProperty("done").GetInt32());
        Assert.Equal(0, (await desk.DiscardManyAsync(new { to = "2020-01-01" })).GetProperty("done").GetInt32());
        Assert.Equal(0, await host.CountAllAsync());
        Assert.Equal(2, (await desk.ListAsync()).Count);
    }

    [Fact]
    public async Task Those_that_cannot_be_replayed_are_named_with_the_reason_and_hold_up_nobody()
    {
        var (host, desk) = await FailAsync(leads: 1);
        await using var _ = host;
        await host.Process.ProcessAsync(QueueNames.Hooks, BinaryData.FromString("nonsense"));
        host.Script.Do = (_, _, _) => Task.CompletedTask;

        var answer = await desk.ReplayManyAsync(new { all = true });
        await host.Process.SettleAsync();

        var failed = Assert.Single(answer.GetProperty("failed").EnumerateArray());
        Assert.Equal((1, 0), (answer.GetProperty("done").GetInt32(), failed.GetProperty("accountId").GetInt64()));
        Assert.Contains("not an envelope", failed.GetProperty("why").GetString(), StringComparison.Ordinal);
        Assert.Equal(DeadLetterReasons.Unreadable, Assert.Single(await desk.ListAsync()).GetProperty("reason").GetString());
    }

    [Fact]
    public async Task All_are_discarded_when_all_is_said()
    {
        var (host, desk) = await FailAsync(leads: 3);
        await using var _ = host;

        var answer = await desk.DiscardManyAsync(new { all = true });

        Assert.Equal(3, answer.GetProperty("done").GetInt32());
        Assert.Empty(await desk.ListAsync());
    }

    [Fact]
    public async Task Many_are_touched_only_when_it_is_said_which_in_json_and_without_a_slip()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Connected = false);
        var desk = new LetterDesk(host.Process);

        Assert.Equal(400, (await desk.TryReplayManyAsync(new { })).StatusCode);
        Assert.Equal(400, (await desk.TryReplayManyAsync(new { all = false })).StatusCode);
        Assert.Equal(400, (await desk.TryReplayManyAsync(new { all = true, limit = 501 })).StatusCode);
        Assert.Equal(415, (await desk.TryReplayManyAsync(new { all = true }, "text/plain")).StatusCode);
        var slip = await desk.TryReplayManyAsync(new { all = true, reson = "poison" });
        Assert.Equal(400, slip.StatusCode);
        Assert.StartsWith("'reson' is none of account, reason,", LetterDesk.DetailOf(slip), StringComparison.Ordinal);
    }

    private async Task<(CoreHost Host, LetterDesk Desk)> FailAsync(int leads)
    {
        var host = await CoreHost.StartAsync(azurite, o => o.Settings["Retry:HandlerAttempts"] = "1");
        host.Script.Do = (_, _, _) => throw new InvalidOperationException("broken");
        await host.Process.PostHookAsync(Hooks.Leads(leads));
        await host.Process.SettleAsync();
        return (host, new LetterDesk(host.Process));
    }
}
