using Kommo;
using Kommo.Simulator;
using KommoFunctions.Accounts;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Core.Tests.Tokens;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Outbox;
using KommoFunctions.Storage;
using KommoFunctions.Tests;
using KommoFunctions.Tokens;
using Microsoft.Extensions.DependencyInjection;
using static KommoFunctions.Core.Tests.Outbox.OutboxScenario;

namespace KommoFunctions.Core.Tests.Storage;

/// <summary>A process whose wall clock is wrong, beside one whose clock is right: nothing is done twice, and nothing waits for the difference.</summary>
public sealed class WrongClockTests(AzuriteFixture azurite)
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(15);

    /// <summary>By how much it is ahead, in seconds, and whether it comes second.</summary>
    public static TheoryData<int, bool> Clocks => new()
    {
        { 60, false }, { 60, true }, { -60, false }, { -60, true }, { 3600, false }, { 3600, true }, { -3600, false }, { -3600, true },
    };

    [Theory]
    [MemberData(nameof(Clocks))]
    public async Task A_task_is_created_once_while_its_request_takes_long(int ahead, bool second)
    {
        await using var host = await StartAsync();
        var (one, other) = Pair(host, ahead, second);
        await SendTasksAsync(host, 1);
        var bell = await host.TakeOneAsync(QueueNames.Dispatch);
        host.Kommo.AddFault(new SimulatorFault(FaultKind.Delay, TaskRoute, DelayMilliseconds: 2_500));
        var sending = one.ProcessAsync(QueueNames.Dispatch, bell);
        await Eventually.HoldsAsync(async () => (await host.ReadTableAsync(TableNames.Outbox)).Any(row => row.GetString("InFlight") is { Length: > 0 }));

        while (!sending.IsCompleted)
        {
            await other.ProcessAsync(QueueNames.Dispatch, bell);
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }

        await sending;
        await SettleAsync(host, one, other);
        Assert.Single(host.Kommo.Tasks);
        Assert.Empty(await CommandsAsync(host));
    }

    [Theory]
    [MemberData(nameof(Clocks))]
    public async Task A_task_whose_answer_was_lost_is_found_by_the_next_and_not_created_again(int ahead, bool second)
    {
        await using var host = await StartAsync();
        var (one, other) = Pair(host, ahead, second);
        await SendTasksAsync(host, 1);
        host.Kommo.AddFault(new SimulatorFault(FaultKind.AnswerLost, TaskRoute));
        await one.PumpAsync(QueueNames.Dispatch, 1);
        Assert.NotEmpty(await CommandsAsync(host));
        var start = TimeProvider.System.GetTimestamp();

        await SettleAsync(host, other);

        Assert.Single(host.Kommo.Tasks);
        Assert.True(TimeProvider.System.GetElapsedTime(start) < Moment, "It waited for the difference of the clocks.");
    }

    [Theory]
    [MemberData(nameof(Clocks))]
    public async Task Tokens_are_refreshed_once_by_two_processes(int ahead, bool second)
    {
        await using var host = await StartAsync();
        await host.ConnectAsync(life: TimeSpan.FromMinutes(10));
        var halt = new Halt(RotationStep.IntentWritten);
        var one = Process(host, second ? 0 : ahead, halt.AsService);
        var other = Process(host, second ? ahead : 0);
        var refresh = RefreshAsync(one, host);
        await halt.Reached;

        await other.Get<TokenRefresher>().RefreshDueAsync();
        Assert.Equal(0, host.Kommo.GetStatistics().TokenRequests);
        halt.Release();
        await refresh;

        var found = await RefreshAsync(other, host);
        Assert.Equal((2, 1), (found.Generation, (int)host.Kommo.GetStatistics().TokenRequests));
        await other.Get<TokenRefresher>().RefreshDueAsync();
        Assert.Equal(1, host.Kommo.GetStatistics().TokenRequests);
    }

    [Theory]
    [MemberData(nameof(Clocks))]
    public async Task A_refresh_that_failed_is_tried_again_when_it_is_time(int ahead, bool second)
    {
        await using var host = await StartAsync(o => o.Settings["Tokens:FirstRetryDelay"] = "00:00:01");
        await host.ConnectAsync(life: TimeSpan.FromMinutes(10));
        var (one, other) = Pair(host, ahead, second);
        host.Kommo.AddFault(new SimulatorFault(FaultKind.ServerError, TokenScenario.TokenRoute, Count: 2));
        await Assert.ThrowsAnyAsync<Exception>(() => RefreshAsync(one, host));
        host.Kommo.ClearFaults();
        var start = TimeProvider.System.GetTimestamp();

        await Eventually.HoldsAsync(async () => await Record.ExceptionAsync(() => RefreshAsync(other, host)) is null);

        Assert.True(TimeProvider.System.GetElapsedTime(start) < Moment, "It waited for the difference of the clocks.");
        Assert.Equal(AccountState.Active, (await host.ReadAccountAsync())!.State);
    }

    [Theory]
    [MemberData(nameof(Clocks))]
    public async Task An_event_of_our_own_write_waits_while_the_answer_is_not_known(int ahead, bool second)
    {
        await using var host = await StartAsync(o => o.Handlers = builder => builder.AddHandler<AnyLeadHandler>());
        var (sender, receiver) = Pair(host, ahead, second);
        var lead = host.Kommo.CreateLeads(1)[0];
        await host.Process.SendAsync(new UpdateLead(new LeadUpdate { Id = lead, Price = 5 }));
        host.Kommo.AddFault(new SimulatorFault(FaultKind.AnswerLost, "PATCH /api/v4/leads"));
        await sender.PumpAsync(QueueNames.Dispatch, 1);

        await receiver.PostHookAsync(Hooks.LeadChanged(lead, host.Kommo.FindLead(lead)!.UpdatedAt));
        await receiver.PumpAsync(QueueNames.Hooks);
        await receiver.PumpAsync(QueueNames.Events, 1);

        Assert.Empty(receiver.Script.Seen);
        Assert.Equal(1, await host.CountAsync(QueueNames.Events));
    }

    private Task<CoreHost> StartAsync(Action<CoreHostOptions>? configure = null) => CoreHost.StartAsync(azurite, o =>
    {
        o.Settings["Outbox:LaneHold"] = "00:00:30";
        configure?.Invoke(o);
    });

    private static (CoreProcess One, CoreProcess Other) Pair(CoreHost host, int ahead, bool second) =>
        (Process(host, second ? 0 : ahead), Process(host, second ? ahead : 0));

    /// <summary>A process that learns storage's time by itself.</summary>
    private static CoreProcess Process(CoreHost host, int ahead, Action<IServiceCollection>? more = null) => host.StartProcess(
        new ShiftedTime(TimeSpan.FromSeconds(ahead)),
        services =>
        {
            services.AddSingleton<IStorageClock>(s => s.GetRequiredService<StorageClock>());
            more?.Invoke(services);
        });

    private static Task<AccountTokens> RefreshAsync(CoreProcess process, CoreHost host) => process.Get<TokenRefresher>().RefreshAsync(
        host.AccountId, host.Kommo.BaseAddress, tokens => tokens.Generation == 1, CancellationToken.None);

    private static async Task SettleAsync(CoreHost host, params IReadOnlyList<CoreProcess> processes)
    {
        var start = TimeProvider.System.GetTimestamp();
        while ((await CommandsAsync(host)).Count > 0)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromMinutes(1), "Commands are left.");
            foreach (var process in processes)
            {
                await process.PumpAsync(QueueNames.Dispatch, 5);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }
}
