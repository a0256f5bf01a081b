using System.Text;
using System.Text.Json;
using Kommo.Simulator;
using KommoFunctions.Accounts;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Failures;
using KommoFunctions.Holds;
using KommoFunctions.Messaging;
using KommoFunctions.Reconciliation;
using KommoFunctions.Tests;
using KommoFunctions.Uninstalling;
using static KommoFunctions.Core.Tests.Outbox.OutboxScenario;

namespace KommoFunctions.Core.Tests.Holds;

public sealed class HoldTests(AzuriteFixture azurite)
{
    private const string AccountRoute = "GET /api/v4/account";

    [Fact]
    public async Task An_account_that_needs_authorization_is_resumed_by_connecting_it()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await SendTasksAsync(host, 2);
        await host.ConnectAsync(life: TimeSpan.Zero);
        host.Kommo.RevokeAllTokens();
        var process = host.StartProcess();
        await process.PumpAsync(QueueNames.Dispatch);
        Assert.Equal((1, HoldReason.NeedsAuthorization), (await host.CountParkedAsync(), (await HoldAsync(host))!.Reason));

        await host.ConnectAsync();
        await process.Get<HoldBell>().RingNowAsync(host.AccountId, CancellationToken.None);
        await process.PumpAsync(QueueNames.Dispatch);

        Assert.Equal(Texts(2), host.Kommo.Tasks.Select(task => task.Text));
        Assert.Equal((0, null), (await host.CountParkedAsync(), await HoldAsync(host)));
    }

    [Fact]
    public async Task While_kommo_is_away_it_is_asked_once_for_the_account_whatever_waits()
    {
        await using var host = await StartAsync(azurite);
        host.Kommo.AddFault(new SimulatorFault(FaultKind.ServerError, "*", Count: 1_000_000));
        await PostLeadsAsync(host, 20);
        host.Script.Do = (_, context, token) => context.Kommo.Account.GetAsync(cancellationToken: token);
        await host.Process.PumpAsync(QueueNames.Hooks);
        await host.Process.PumpAsync(QueueNames.Events);
        Assert.Equal((20, 0), (await host.CountParkedAsync(), await host.CountAsync(QueueNames.Events)));

        var asked = Requests(host, AccountRoute);
        await Eventually.HoldsAsync(async () =>
        {
            await host.Process.PumpAsync(QueueNames.Dispatch);
            return (await HoldAsync(host))!.Looks >= 2;
        });
        Assert.InRange(Requests(host, AccountRoute) - asked, 2, 2 * (1 + RepetitionsOfTheClient));
        Assert.Equal(20, await host.CountParkedAsync());

        host.Kommo.ClearFaults();
        await host.Process.SettleAsync();

        Assert.Equal(20, host.Script.Seen.Select(seen => seen.Event.EntityId).Distinct().Count());
        Assert.Equal((0, null), (await host.CountParkedAsync(), await HoldAsync(host)));
        Assert.Empty(await host.Process.ReadDeadLettersAsync());
    }

    /// <summary>Reads are repeated by the client behind our back.</summary>
    private const int RepetitionsOfTheClient = 3;

    [Fact]
    public async Task Trouble_with_one_request_holds_nothing_else_up()
    {
        await using var host = await StartAsync(azurite);
        host.Kommo.AddFault(new SimulatorFault(FaultKind.ServerError, "GET /api/v4/users", Count: 1_000));
        host.Script.Do = (e, context, token) => e.EntityId == 1 ? context.Kommo.Users.ListAsync(cancellationToken: token).FirstOrDefaultAsync(token).AsTask() : Task.CompletedTask;
        await PostLeadsAsync(host, 3);

        await host.Process.PumpAsync(QueueNames.Hooks);
        await host.Process.PumpAsync(QueueNames.Events, 3);

        Assert.Equal((0, null), (await host.CountParkedAsync(), await HoldAsync(host)));
        Assert.Equal(1, await host.CountAsync(QueueNames.Events));
    }

    [Theory]
    [InlineData(FaultKind.HtmlForbidden, HoldReason.Blocked)]
    [InlineData(FaultKind.TooManyRequests, HoldReason.Limited)]
    public async Task After_a_block_or_a_long_pause_the_work_goes_on_by_itself(FaultKind fault, HoldReason reason)
    {
        await using var host = await StartAsync(azurite, o =>
        {
            o.Settings["Limit:PauseWhenBlocked"] = "00:00:03";
            o.Settings["Hold:ShortestPause"] = "00:00:01";
            o.Kommo = kommo => kommo.RetryAfter = TimeSpan.FromSeconds(3);
        });
        host.Kommo.AddFault(new SimulatorFault(fault, TaskRoute));
        await SendTasksAsync(host, 3);
        await host.Process.PumpAsync(QueueNames.Dispatch, 1);
        Assert.Equal(reason, (await HoldAsync(host))!.Reason);

        await host.Process.SettleAsync();

        Assert.Equal(Texts(3), host.Kommo.Tasks.Select(task => task.Text));
        Assert.Null(await HoldAsync(host));
    }

    [Fact]
    public async Task What_another_process_sets_aside_after_the_hold_has_ended_goes_back_at_once()
    {
        await using var host = await StartAsync(azurite, o => o.Settings["Hold:LookEvery"] = "01:00:00");
        await HoldAwayAsync(host);
        host.Kommo.ClearFaults();
        var other = host.StartProcess();
        await other.Get<HoldBell>().RingNowAsync(host.AccountId, CancellationToken.None);
        await other.PumpAsync(QueueNames.Dispatch);
        await PostLeadsAsync(host, 1, from: 5);

        await host.Process.PumpAsync(QueueNames.Hooks);
        await host.Process.PumpAsync(QueueNames.Events);

        Assert.Contains(host.Script.Seen, seen => seen.Event.EntityId == 5);
        Assert.Equal(0, await host.CountParkedAsync());
    }

    [Fact]
    public async Task Work_for_an_account_that_is_known_to_be_held_is_not_tried()
    {
        await using var host = await StartAsync(azurite, o => o.Settings["Hold:LookEvery"] = "01:00:00");
        await HoldAwayAsync(host);
        var (seen, requests) = (host.Script.Seen.Count, host.Kommo.GetStatistics().Requests);
        await PostLeadsAsync(host, 5, from: 5);

        await host.Process.PumpAsync(QueueNames.Hooks);
        await host.Process.PumpAsync(QueueNames.Events);

        Assert.Equal((seen, requests), (host.Script.Seen.Count, host.Kommo.GetStatistics().Requests));
        Assert.Equal(6, await host.CountParkedAsync());
    }

    [Fact]
    public async Task A_process_that_dies_while_it_puts_back_leaves_nothing_behind()
    {
        await using var host = await StartAsync(azurite, o => o.Settings["Hold:LookEvery"] = "01:00:00");
        await HoldAwayAsync(host);
        host.Kommo.ClearFaults();
        await host.Process.Get<HoldBell>().RingNowAsync(host.AccountId, CancellationToken.None);
        var bell = await host.TakeOneAsync(QueueNames.Dispatch);
        Assert.True(await host.Process.Get<HoldStore>().TryRemoveAsync((await HoldAsync(host))!, CancellationToken.None));

        await host.StartProcess().ProcessAsync(QueueNames.Dispatch, bell);

        Assert.Equal((0, 1), (await host.CountParkedAsync(), await host.CountAsync(QueueNames.Events)));
    }

    [Fact]
    public async Task A_hold_whose_message_was_lost_is_found()
    {
        await using var host = await StartAsync(azurite, o => o.Settings["Hold:LookEvery"] = "00:00:01");
        await HoldAwayAsync(host);
        host.Kommo.ClearFaults();
        await Eventually.HoldsAsync(async () => await host.TakeAsync(QueueNames.Dispatch) is not null);
        var later = host.StartProcess(new ShiftedTime(TimeSpan.FromMinutes(10)));

        await later.Get<Reconciler>().RunAsync();
        await later.PumpAsync(QueueNames.Dispatch);

        Assert.Equal((0, null), (await host.CountParkedAsync(), await HoldAsync(host)));
    }

    [Fact]
    public async Task The_work_of_an_account_that_is_removed_meanwhile_ends_in_dead_letters()
    {
        await using var host = await StartAsync(azurite, o => o.Settings["Hold:LookEvery"] = "01:00:00");
        await HoldAwayAsync(host);

        await host.Process.Get<AccountRemoval>().MarkAsync((await host.ReadAccountAsync())!, CancellationToken.None);
        await host.Process.PumpAsync(QueueNames.Dispatch, 2);
        await host.Process.PumpAsync(QueueNames.Events);

        Assert.Equal(DeadLetterReasons.AccountRemoved, (await host.Process.ReadDeadLetterAsync()).Reason);
        Assert.Equal(0, await host.CountParkedAsync());
    }

    [Fact]
    public async Task An_operator_sees_what_waits_and_until_when()
    {
        await using var host = await StartAsync(azurite, o => o.Settings["Hold:LookEvery"] = "01:00:00");
        await HoldAwayAsync(host);
        await SendTasksAsync(host, 2);

        var answer = await host.Process.Get<AccountEndpoints>().GetAsync(host.AccountId);

        var work = JsonElement.Parse(Encoding.UTF8.GetString(answer.Content.Span)).GetProperty("work");
        Assert.Equal("Away", work.GetProperty("hold").GetProperty("reason").GetString());
        Assert.True(work.GetProperty("hold").GetProperty("lookAt").GetDateTimeOffset() > TimeProvider.System.GetUtcNow());
        Assert.Equal(1, work.GetProperty("messages").GetInt32());
        var lane = Assert.Single(work.GetProperty("commands").EnumerateArray());
        Assert.Equal(("tasks.create", 2), (lane.GetProperty("route").GetString(), lane.GetProperty("count").GetInt32()));
    }

    [Fact]
    public async Task The_time_of_a_hold_does_not_count_as_a_messages_own_trouble()
    {
        await using var host = await StartAsync(azurite, o => o.Settings["Hold:LookEvery"] = "01:00:00");
        await HoldAwayAsync(host);
        host.Kommo.ClearFaults();
        var days = TimeSpan.FromDays(5);
        var later = host.StartProcess(new ShiftedTime(days));
        await later.Get<HoldBell>().RingNowAsync(host.AccountId, CancellationToken.None);

        await later.PumpAsync(QueueNames.Dispatch);

        var message = Assert.Single(await host.TakeEnvelopesAsync(QueueNames.Events));
        Assert.True(TimeProvider.System.GetUtcNow() + days - message.Failures!.FirstAt < TimeSpan.FromHours(1));
    }

    private static Task<CoreHost> StartAsync(AzuriteFixture azurite, Action<CoreHostOptions>? configure = null) => CoreHost.StartAsync(azurite, o =>
    {
        o.Settings["Hold:AwayAfter"] = "1";
        o.Settings["Hold:LookEvery"] = "00:00:01";
        configure?.Invoke(o);
    });

    /// <summary>One event waits for an account for which Kommo is away.</summary>
    private static async Task HoldAwayAsync(CoreHost host)
    {
        host.Kommo.AddFault(new SimulatorFault(FaultKind.ServerError, "*", Count: 1_000_000));
        host.Script.Do = (e, context, token) => e.EntityId == 1 ? context.Kommo.Account.GetAsync(cancellationToken: token) : Task.CompletedTask;
        await PostLeadsAsync(host, 1);
        await host.Process.PumpAsync(QueueNames.Hooks);
        await host.Process.PumpAsync(QueueNames.Events);
        Assert.Equal((1, HoldReason.Away), (await host.CountParkedAsync(), (await HoldAsync(host))!.Reason));
    }

    private static async Task PostLeadsAsync(CoreHost host, int count, int from = 1)
    {
        for (var lead = from; lead < from + count; lead++)
        {
            await host.Process.PostHookAsync(Hooks.LeadAdded(lead));
        }
    }

    private static Task<AccountHold?> HoldAsync(CoreHost host) => host.Process.Get<HoldStore>().GetAsync(host.AccountId, CancellationToken.None);
}
