using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.DeadLetters;
using KommoFunctions.Messaging;
using KommoFunctions.Tests;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace KommoFunctions.Core.Tests.Messaging;

/// <summary>What <c>kommo.messages.age</c> says: how long messages were due before somebody took them.</summary>
public sealed class MessageAgeTests(AzuriteFixture azurite)
{
    private readonly ShiftedTime _time = new();

    [Fact]
    public async Task A_message_that_nobody_took_is_as_old_as_it_lay_there()
    {
        await using var host = await StartAsync();
        await host.Process.PostHookAsync(Hooks.LeadAdded(1));
        using var ages = Ages(host);

        _time.Advance(TimeSpan.FromMinutes(20));
        await host.Process.PumpAsync(QueueNames.Hooks);

        var age = Assert.Single(ages.GetMeasurementSnapshot());
        Assert.InRange(age.Value, 1200, 1260);
        Assert.Equal(QueueNames.Hooks, age.Tags["queue"]);
    }

    [Fact]
    public async Task An_event_is_not_as_old_as_its_hook()
    {
        await using var host = await StartAsync();
        await host.Process.PostHookAsync(Hooks.LeadAdded(1));
        _time.Advance(TimeSpan.FromMinutes(20));
        await host.Process.PumpAsync(QueueNames.Hooks);
        using var ages = Ages(host);

        await host.Process.PumpAsync(QueueNames.Events);

        Assert.InRange(Assert.Single(ages.GetMeasurementSnapshot()).Value, 0, 60);
    }

    [Fact]
    public async Task A_delay_that_was_meant_does_not_age_a_message()
    {
        await using var host = await StartAsync();
        var envelope = new Envelope { Id = "1", AccountId = 1, ReceivedAt = _time.GetUtcNow() - TimeSpan.FromDays(1), Content = Content.FromText("") };
        await host.Process.Get<MessageQueues>().SendAsync(QueueNames.Events, envelope, CancellationToken.None, TimeSpan.FromSeconds(1));
        using var ages = Ages(host);

        await Eventually.HoldsAsync(async () => await host.Process.PumpAsync(QueueNames.Events) == 1);

        Assert.InRange(Assert.Single(ages.GetMeasurementSnapshot()).Value, 0, 60);
    }

    [Fact]
    public async Task A_replay_is_as_old_as_its_replay()
    {
        await using var host = await StartAsync(o => o.Settings["Retry:HandlerAttempts"] = "1");
        host.Script.Do = (_, _, _) => throw new InvalidOperationException("broken");
        await host.Process.PostHookAsync(Hooks.LeadAdded(1));
        await host.Process.SettleAsync();
        host.Script.Do = (_, _, _) => Task.CompletedTask;
        _time.Advance(TimeSpan.FromDays(2));
        var letter = await host.Process.ReadDeadLetterAsync();
        using var ages = Ages(host);

        Assert.True(await host.Process.Get<DeadLetterReplay>().ReplayAsync(letter.AccountId, letter.Id));
        await host.Process.PumpAsync(QueueNames.Events);

        Assert.InRange(Assert.Single(ages.GetMeasurementSnapshot()).Value, 0, 60);
    }

    private static MetricCollector<double> Ages(CoreHost host) => host.Process.Measure<double>("kommo.messages.age");

    private Task<CoreHost> StartAsync(Action<CoreHostOptions>? configure = null) => CoreHost.StartAsync(azurite, options =>
    {
        options.Time = _time;
        configure?.Invoke(options);
    });
}
