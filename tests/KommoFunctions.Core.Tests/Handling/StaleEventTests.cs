using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Messaging;
using KommoFunctions.Tests;

namespace KommoFunctions.Core.Tests.Handling;

/// <summary>Kommo promises no order: what is older than what was processed is told to the handler as such.</summary>
public sealed class StaleEventTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(100, 100, false)]
    [InlineData(100, 101, false)]
    [InlineData(101, 100, true)]
    public async Task An_event_is_stale_when_a_later_one_of_its_entity_was_processed(long first, long second, bool stale)
    {
        await using var host = await StartAsync();
        await HandleAsync(host, Hooks.LeadChanged(1, first));

        await HandleAsync(host, Hooks.LeadChanged(1, second, more: "&leads[update][0][price]=5"));

        Assert.Equal([false, stale], Flags(host));
    }

    [Fact]
    public async Task An_addition_that_comes_after_a_change_is_stale()
    {
        await using var host = await StartAsync();
        await HandleAsync(host, Hooks.LeadChanged(1, 200));

        await HandleAsync(host, Hooks.Of("leads[add][0][id]=1&leads[add][0][updated_at]=100"));

        Assert.Equal([false, true], Flags(host));
    }

    [Fact]
    public async Task A_change_from_before_a_deletion_is_stale_and_one_from_after_it_is_not()
    {
        await using var host = await StartAsync();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        await HandleAsync(host, Hooks.Of("leads[delete][0][id]=1"));

        await HandleAsync(host, Hooks.LeadChanged(1, now - 60));
        await HandleAsync(host, Hooks.LeadChanged(1, now + 60, "restore"));

        Assert.Equal([false, true, false], Flags(host));
    }

    [Theory]
    [InlineData("leads[update][0][id]=2&leads[update][0][updated_at]=100")]
    [InlineData("leads[note][0][note][id]=1&leads[note][0][note][element_id]=1&leads[note][0][note][updated_at]=100")]
    public async Task What_is_known_of_one_entity_says_nothing_of_another(string other)
    {
        await using var host = await StartAsync();
        await HandleAsync(host, Hooks.LeadChanged(1, 200));

        await HandleAsync(host, Hooks.Of(other));

        Assert.Equal([false, false], Flags(host));
    }

    [Fact]
    public async Task An_event_that_waits_makes_nothing_stale_before_it_is_processed()
    {
        await using var host = await StartAsync();
        await host.Process.PostHookAsync(Hooks.LeadChanged(1, 200));
        await host.Process.PumpAsync(QueueNames.Hooks);
        var later = await host.TakeOneAsync(QueueNames.Events);

        await HandleAsync(host, Hooks.LeadChanged(1, 100));
        await host.Process.ProcessAsync(QueueNames.Events, later);

        Assert.Equal([false, false], Flags(host));
    }

    [Fact]
    public async Task What_is_known_of_an_entity_costs_no_storage_request_of_its_own()
    {
        await using var host = await StartAsync();
        await HandleAsync(host, Hooks.Of("leads[add][0][id]=9&leads[add][0][updated_at]=100&leads[add][0][modified_user_id]=4711"));
        await host.Process.PostHookAsync(Hooks.Of("leads[add][0][id]=1&leads[add][0][updated_at]=100&leads[add][0][modified_user_id]=4711"));
        await host.Process.PumpAsync(QueueNames.Hooks);
        var message = await host.TakeOneAsync(QueueNames.Events);
        var before = host.Proxy.Statistics.Total;

        await host.Process.ProcessAsync(QueueNames.Events, message);

        Assert.Equal(before + 2, host.Proxy.Statistics.Total);
    }

    private readonly List<bool> _flags = [];

    private async Task<CoreHost> StartAsync()
    {
        var host = await CoreHost.StartAsync(azurite, o => o.Handlers = b => b.AddHandler<AnyLeadHandler>());
        host.Script.Do = (_, context, _) =>
        {
            _flags.Add(context.IsStale);
            return Task.CompletedTask;
        };
        return host;
    }

    private List<bool> Flags(CoreHost host)
    {
        Assert.Equal(_flags.Count, host.Script.Seen.Count);
        return _flags;
    }

    private static async Task HandleAsync(CoreHost host, string hook)
    {
        await host.Process.PostHookAsync(hook);
        await host.Process.PumpAsync(QueueNames.Hooks);
        await host.Process.PumpAsync(QueueNames.Events, 10);
    }
}
