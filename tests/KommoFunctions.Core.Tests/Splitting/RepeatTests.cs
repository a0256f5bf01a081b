using System.Globalization;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Emulators.Storage;
using KommoFunctions.Messaging;
using KommoFunctions.Tests;
using Microsoft.Extensions.Time.Testing;

namespace KommoFunctions.Core.Tests.Splitting;

/// <summary>What counts as a repetition, and what looks like one.</summary>
public sealed class RepeatTests(AzuriteFixture azurite)
{
    private const string Moved = "leads[status][0][id]=1&leads[status][0][status_id]=20&leads[status][0][old_status_id]=10";
    private const string MovedBack = "leads[status][0][id]=1&leads[status][0][status_id]=10&leads[status][0][old_status_id]=20";

    [Theory]
    [InlineData("leads[add][0][id]=7&leads[add][0][updated_at]=1700000000", 7.9)]
    [InlineData("leads[update][0][id]=7&leads[update][0][updated_at]=1700000000", 7.9)]
    [InlineData("task[update][0][id]=7&task[update][0][last_modified]=1700000000", 7.9)]
    [InlineData("leads[note][0][note][id]=7&leads[note][0][note][element_id]=1&leads[note][0][note][created_at]=1700000000", 7.9)]
    [InlineData("message[add][0][id]=0a1b2c3d-0000-4000-8000-000000000001&message[add][0][text]=Hi", 7.9)]
    [InlineData(Moved, 1.9 / 24)]
    [InlineData("leads[delete][0][id]=7", 1.9 / 24)]
    public async Task A_hook_that_comes_again_brings_nothing(string pairs, double days)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await StartAsync(time);
        await PostAsync(host, pairs);
        time.Advance(TimeSpan.FromDays(days));

        await PostAsync(host, pairs);

        Assert.Equal(1, await host.CountAsync(QueueNames.Events));
    }

    [Theory]
    [InlineData(Moved)]
    [InlineData("leads[delete][0][id]=7")]
    [InlineData("task[delete][0][id]=7")]
    public async Task A_change_that_tells_no_time_and_comes_when_kommo_repeats_nothing_any_more_is_another_one(string pairs)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await StartAsync(time);
        await PostAsync(host, pairs);
        time.Advance(TimeSpan.FromHours(2.1));
        await PostAsync(host, pairs);
        time.Advance(TimeSpan.FromHours(2.1));

        await PostAsync(host, pairs);
        await PostAsync(host, pairs);

        Assert.Equal(3, (await host.TakeEnvelopesAsync(QueueNames.Events)).Select(e => e.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_lead_that_goes_to_and_fro_makes_an_event_each_way()
    {
        await using var host = await StartAsync(TimeProvider.System);
        await PostAsync(host, Moved);

        await PostAsync(host, MovedBack);

        Assert.Equal(2, await host.CountAsync(QueueNames.Events));
    }

    [Fact]
    public async Task A_second_occurrence_is_handled_though_the_first_one_is()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await StartAsync(time);
        await PostAsync(host, Moved);
        await host.Process.PumpAsync(QueueNames.Events);
        time.Advance(TimeSpan.FromDays(1));

        await PostAsync(host, Moved);
        var message = await host.TakeOneAsync(QueueNames.Events);
        await host.Process.ProcessAsync(QueueNames.Events, message);
        await host.Process.ProcessAsync(QueueNames.Events, message);

        Assert.Equal(2, host.Script.Seen.Count);
    }

    [Fact]
    public async Task A_second_occurrence_whose_hook_is_processed_twice_keeps_its_identity()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await StartAsync(time);
        await PostAsync(host, Moved);
        await host.TakeAllAsync(QueueNames.Events);
        time.Advance(TimeSpan.FromDays(1));
        await host.Process.PostHookAsync(Hooks.Of(Moved));
        var hook = await host.TakeOneAsync(QueueNames.Hooks);

        await host.Process.ProcessAsync(QueueNames.Hooks, hook);
        await host.Process.ProcessAsync(QueueNames.Hooks, hook);

        Assert.Single((await host.TakeEnvelopesAsync(QueueNames.Events)).Select(e => e.Id).Distinct());
    }

    /// <summary>An operator replays a hook that became a dead letter: under its own id and time, however many came after it.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_replayed_hook_finds_the_occurrence_that_it_brought(int which)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await StartAsync(time);
        var hooks = new List<BinaryData>();
        for (var i = 0; i < 3; i++)
        {
            await host.Process.PostHookAsync(Hooks.Of(Moved));
            hooks.Add(await host.TakeOneAsync(QueueNames.Hooks));
            await host.Process.ProcessAsync(QueueNames.Hooks, hooks[i]);
            time.Advance(TimeSpan.FromHours(5));
        }

        await host.Process.PumpAsync(QueueNames.Events);
        await host.Process.ProcessAsync(QueueNames.Hooks, hooks[which]);
        await host.Process.PumpAsync(QueueNames.Events);

        Assert.Equal(3, host.Script.Seen.Count);
    }

    [Fact]
    public async Task A_repetition_that_is_replayed_much_later_is_still_one()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await StartAsync(time);
        await PostAsync(host, Moved);
        await host.Process.PostHookAsync(Hooks.Of(Moved));
        var repetition = await host.TakeOneAsync(QueueNames.Hooks);
        time.Advance(TimeSpan.FromHours(5));
        await PostAsync(host, Moved);
        await host.TakeAllAsync(QueueNames.Events);

        await host.Process.ProcessAsync(QueueNames.Hooks, repetition);

        Assert.Equal(0, await host.CountAsync(QueueNames.Events));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public async Task An_event_whose_row_was_written_though_the_answer_was_lost_is_queued(double hoursBefore)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await StartAsync(time);
        if (hoursBefore > 0)
        {
            await PostAsync(host, Moved);
            time.Advance(TimeSpan.FromHours(hoursBefore));
            await host.TakeAllAsync(QueueNames.Events);
        }

        // Of an event that was there before, the second insert is the one of its new occurrence.
        var (inserts, which) = (0, hoursBefore > 0 ? 2 : 1);
        using var lost = host.Proxy.Faults.Add(new StorageFault
        {
            Kind = StorageFaultKind.DropResponse,
            Matches = kind => kind is { Service: StorageService.Table, Method: "POST" } && Interlocked.Increment(ref inserts) == which,
        });

        await PostAsync(host, Moved);

        Assert.Equal(1, await host.CountAsync(QueueNames.Events));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_addition_told_by_the_digital_pipeline_and_by_an_ordinary_hook_is_one_event(bool pipelineFirst)
    {
        await using var host = await StartAsync(TimeProvider.System);
        const string pipeline = "leads[add][0][id]=7&leads[add][0][status_id]=142&leads[add][0][pipeline_id]=3";
        const string ordinary = pipeline + "&leads[add][0][name]=Somebody&leads[add][0][updated_at]=1700000000";

        await PostAsync(host, pipelineFirst ? pipeline : ordinary);
        await PostAsync(host, pipelineFirst ? ordinary : pipeline);

        Assert.Equal(1, await host.CountAsync(QueueNames.Events));
    }

    [Fact]
    public async Task Two_reviews_of_one_template_are_two_events()
    {
        await using var host = await StartAsync(TimeProvider.System);
        await PostAsync(host, "add[0][id]=7&add[0][type]=waba&add[0][reviews][0][status]=review");

        await PostAsync(host, "add[0][id]=7&add[0][type]=waba&add[0][reviews][0][status]=approved");

        Assert.Equal(2, await host.CountAsync(QueueNames.Events));
    }

    [Fact]
    public async Task An_event_costs_two_storage_requests_to_split_and_a_duplicate_two()
    {
        await using var host = await StartAsync(TimeProvider.System);
        await PostAsync(host, "leads[add][0][id]=1");
        var counts = new List<long>();
        foreach (var id in new[] { 2, 2 })
        {
            await host.Process.PostHookAsync(Hooks.LeadAdded(id));
            var hook = await host.TakeOneAsync(QueueNames.Hooks);
            var before = host.Proxy.Statistics.Total;
            await host.Process.ProcessAsync(QueueNames.Hooks, hook);
            counts.Add(host.Proxy.Statistics.Total - before);
        }

        Assert.Equal([2, 2], counts);
    }

    private Task<CoreHost> StartAsync(TimeProvider time) => CoreHost.StartAsync(azurite, o =>
    {
        o.Time = time;
        o.Handlers = b => b.AddHandler<AnyLeadHandler>();
    });

    private static async Task PostAsync(CoreHost host, string pairs)
    {
        var answer = await host.Process.PostHookAsync(Hooks.Of(pairs));
        Assert.True(answer.StatusCode == 200, answer.StatusCode.ToString(CultureInfo.InvariantCulture));
        await host.Process.PumpAsync(QueueNames.Hooks);
    }
}
