using Kommo;
using Kommo.Simulator;
using KommoFunctions.Accounts;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Failures;
using KommoFunctions.Holds;
using KommoFunctions.Messaging;
using KommoFunctions.Outbox;
using KommoFunctions.Tests;
using static KommoFunctions.Core.Tests.Outbox.OutboxScenario;

namespace KommoFunctions.Core.Tests.Holds;

/// <summary>What one request is refused with says nothing of its account, until a request for the account itself fails too.</summary>
public sealed class SuspicionTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(FaultKind.PaymentRequired)]
    [InlineData(FaultKind.Unauthorized)]
    [InlineData(FaultKind.EmptyForbidden)]
    public async Task A_refusal_of_one_route_suspends_nobody_and_loses_no_command(FaultKind fault)
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Settings["Hold:LookForMending"] = "00:00:01");
        host.Kommo.AddFault(new SimulatorFault(fault, TaskRoute, Count: 1_000_000));
        await SendTasksAsync(host, 2);

        for (var attempt = 0; attempt < 4; attempt++)
        {
            await host.Process.PumpAsync(QueueNames.Dispatch, 1);
            Assert.Null(await host.Process.Get<HoldStore>().GetAsync(host.AccountId, CancellationToken.None));
            await Eventually.HoldsAsync(async () => await host.CountAsync(QueueNames.Dispatch) > 0);
        }

        host.Kommo.ClearFaults();
        await host.Process.SettleAsync();
        Assert.Equal(Texts(2), host.Kommo.Tasks.Select(task => task.Text));
        Assert.Empty(await host.Process.ReadDeadLettersAsync());
    }

    [Theory]
    [InlineData(FaultKind.Redirect)]
    [InlineData(FaultKind.HtmlSuccess)]
    [InlineData(FaultKind.HtmlNotFound)]
    public async Task What_is_no_answer_of_the_API_makes_no_dead_letters(FaultKind fault)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        host.Kommo.AddFault(new SimulatorFault(fault, TaskRoute, Count: 2));
        await SendTasksAsync(host, 5);

        await host.Process.SettleAsync();

        Assert.Empty(await host.Process.ReadDeadLettersAsync());
        Assert.Equal(Texts(5), host.Kommo.Tasks.Select(task => task.Text).Order());
    }

    [Fact]
    public async Task What_fails_for_days_becomes_dead_letters_and_the_lane_goes_on()
    {
        var time = new ShiftedTime();
        await using var host = await CoreHost.StartAsync(azurite, o => o.Time = time);
        host.Kommo.AddFault(new SimulatorFault(FaultKind.PaymentRequired, TaskRoute, Count: 1_000_000));
        await SendTasksAsync(host, 2);
        await host.Process.PumpAsync(QueueNames.Dispatch, 1);
        time.Advance(TimeSpan.FromDays(4));
        await host.ConnectAsync(life: TimeSpan.FromDays(10));
        await Eventually.HoldsAsync(async () => await host.Process.PumpAsync(QueueNames.Dispatch, 1) > 0);
        await Eventually.HoldsAsync(async () =>
        {
            await host.Process.PumpAsync(QueueNames.Dispatch, 1);
            return (await host.Process.ReadDeadLettersAsync()).Count == 2;
        });

        host.Kommo.ClearFaults();
        await SendTasksAsync(host, 1, from: 5);
        await host.Process.SettleAsync();

        Assert.All(await host.Process.ReadDeadLettersAsync(), letter => Assert.Equal((DeadLetterReasons.GaveUp, "outbox:tasks.create"), (letter.Reason, letter.Source)));
        Assert.Single(host.Kommo.Tasks);
    }
}
