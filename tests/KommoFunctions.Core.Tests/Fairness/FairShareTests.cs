using System.Text;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Messaging;
using KommoFunctions.Tests;

namespace KommoFunctions.Core.Tests.Fairness;

public sealed class FairShareTests(AzuriteFixture azurite)
{
    private const long Other = 30_000_002;

    [Fact]
    public async Task An_accounts_hooks_beyond_its_share_go_into_a_queue_of_their_own_and_another_accounts_go_past_them()
    {
        await using var host = await StartAsync();
        for (var lead = 1; lead <= 5; lead++)
        {
            await host.Process.PostHookAsync(Hooks.LeadAdded(lead));
        }

        await host.Process.PostHookAsync(Encoding.UTF8.GetBytes(Hooks.OfAccount(Other)), Other);

        Assert.Equal([host.AccountId, host.AccountId, Other], (await host.TakeEnvelopesAsync(QueueNames.Hooks)).Select(hook => hook.AccountId));
        Assert.Equal(3, await host.CountAsync(QueueNames.BusyHooks));
    }

    [Fact]
    public async Task So_do_the_events_of_one_large_hook()
    {
        await using var host = await StartAsync();
        await host.Process.PostHookAsync(Hooks.Leads(20));
        await host.Process.PostHookAsync(Encoding.UTF8.GetBytes(Hooks.OfAccount(Other)), Other);

        await host.Process.PumpAsync(QueueNames.Hooks);

        Assert.Equal(18, await host.CountAsync(QueueNames.BusyEvents));
        Assert.Single(await host.TakeEnvelopesAsync(QueueNames.Events), e => e.AccountId == Other);
    }

    [Fact]
    public async Task A_large_hook_counts_as_the_many_events_that_it_tells_of()
    {
        await using var host = await StartAsync(burst: 20);
        for (var hook = 0; hook < 3; hook++)
        {
            await host.Process.PostHookAsync(Hooks.Leads(1_000));
        }

        await host.Process.PostHookAsync(Encoding.UTF8.GetBytes(Hooks.OfAccount(Other)), Other);

        Assert.Equal((2, 2), (await host.CountAsync(QueueNames.Hooks), await host.CountAsync(QueueNames.BusyHooks)));
    }

    [Fact]
    public async Task What_is_beyond_the_share_is_processed_all_the_same()
    {
        await using var host = await StartAsync();
        await host.Process.PostHookAsync(Hooks.Leads(20));
        for (var lead = 1; lead <= 5; lead++)
        {
            await host.Process.PostHookAsync(Hooks.LeadAdded(lead));
        }

        await host.Process.SettleAsync();

        Assert.Equal(25, host.Script.Seen.Count);
    }

    [Fact]
    public async Task What_failed_beyond_the_share_comes_again_where_it_was()
    {
        await using var host = await StartAsync();
        await host.Process.PostHookAsync(Hooks.Leads(3));
        await host.Process.PumpAsync(QueueNames.Hooks);
        host.Script.Do = (_, _, _) => throw new HttpRequestException("away");

        await host.Process.PumpAsync(QueueNames.BusyEvents, 1);

        Assert.Equal((2, 1), (await host.CountAsync(QueueNames.Events), await host.CountAsync(QueueNames.BusyEvents)));
    }

    private Task<CoreHost> StartAsync(int burst = 2) => CoreHost.StartAsync(azurite, o =>
    {
        o.Settings["FairShare:Burst"] = $"{burst}";
        o.Settings["FairShare:PerMinute"] = "1";
    });
}
