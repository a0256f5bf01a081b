using Kommo;
using Kommo.Simulator;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.DeadLetters;
using KommoFunctions.Messaging;
using KommoFunctions.Outbox;
using KommoFunctions.Tests;
using static KommoFunctions.Core.Tests.Outbox.OutboxScenario;

namespace KommoFunctions.Core.Tests.Outbox;

public sealed class BatchAgeTests(AzuriteFixture azurite)
{
    /// <summary>Long beside what a busy machine takes for anything else here.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(7);

    [Fact]
    public async Task After_a_quiet_time_a_command_goes_at_once()
    {
        await using var host = await StartAsync("00:00:10");

        Assert.True(await TimeAsync(host, 1) < Soon);
    }

    [Fact]
    public async Task A_full_batch_waits_for_nobody()
    {
        await using var host = await StartAsync("00:00:10", batchSize: 2);
        await TimeAsync(host, 1);

        Assert.True(await TimeAsync(host, 2, from: 1) < Soon);
        Assert.Equal(2, Requests(host, TaskRoute));
    }

    [Fact]
    public async Task A_batch_that_is_not_full_waits_for_company_until_its_age_and_takes_it_along()
    {
        await using var host = await StartAsync("00:00:04");
        await TimeAsync(host, 1);
        var sent = TimeProvider.System.GetTimestamp();
        await SendTasksAsync(host, 1, from: 1);
        var pass = host.Process.PumpAsync(QueueNames.Dispatch, 1);
        await SendTasksAsync(host, 1, from: 2);

        await pass;

        Assert.Equal(Texts(3), host.Kommo.Tasks.Select(task => task.Text));
        Assert.Equal(2, Requests(host, TaskRoute));
        Assert.InRange(TimeProvider.System.GetElapsedTime(sent), TimeSpan.FromSeconds(2), Long);
    }

    [Fact]
    public async Task A_lane_that_is_never_empty_lets_others_have_their_turn()
    {
        await using var host = await StartAsync("00:00:00", batchSize: 1);
        host.Kommo.AddFault(new SimulatorFault(FaultKind.Delay, TaskRoute, Count: 1_000, DelayMilliseconds: 1_000));
        await SendTasksAsync(host, 20);

        await host.Process.PumpAsync(QueueNames.Dispatch, 1);

        Assert.InRange(host.Kommo.Tasks.Count, 1, 19);
        Assert.Equal(1, await host.CountAsync(QueueNames.Dispatch));
        host.Kommo.ClearFaults();
        await host.Process.SettleAsync();
        Assert.Equal(Texts(20), host.Kommo.Tasks.Select(task => task.Text));
    }

    private Task<CoreHost> StartAsync(string age, int batchSize = 50) => CoreHost.StartAsync(azurite, o =>
    {
        o.Settings["Outbox:BatchAge"] = age;
        o.Settings["Outbox:BatchSize"] = $"{batchSize}";
    });

    private static async Task<TimeSpan> TimeAsync(CoreHost host, int count, int from = 0)
    {
        var start = TimeProvider.System.GetTimestamp();
        await SendTasksAsync(host, count, from);
        await host.Process.SettleAsync();
        return TimeProvider.System.GetElapsedTime(start);
    }
}
