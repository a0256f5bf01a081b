using Kommo;
using Kommo.Simulator;
using KommoFunctions.Accounts;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Failures;
using KommoFunctions.Holds;
using KommoFunctions.Messaging;
using KommoFunctions.Outbox;
using KommoFunctions.Storage;
using KommoFunctions.Tests;
using static KommoFunctions.Core.Tests.Outbox.OutboxScenario;

namespace KommoFunctions.Core.Tests.Outbox;

public sealed class DispatchTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Commands_are_sent_in_the_order_in_which_their_events_came()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await SendTasksAsync(host, 3);
        await SendTasksAsync(host, 3, from: 3);

        await host.Process.SettleAsync();

        Assert.Equal(Texts(6), host.Kommo.Tasks.Select(t => t.Text));
    }

    [Fact]
    public async Task Commands_go_out_in_batches()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Settings["Outbox:BatchSize"] = "2");
        await SendTasksAsync(host, 5);

        await host.Process.SettleAsync();

        Assert.Equal(3, Requests(host, TaskRoute));
        Assert.Equal(Texts(5), host.Kommo.Tasks.Select(t => t.Text));
    }

    [Fact]
    public async Task One_pass_serves_many_bells()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        for (var i = 0; i < 20; i++)
        {
            await SendTasksAsync(host, 1, from: i);
        }

        var bells = await host.TakeAllAsync(QueueNames.Dispatch);
        await Task.WhenAll(bells.Select(bell => host.Process.ProcessAsync(QueueNames.Dispatch, bell)));

        Assert.Equal(20, bells.Count);
        Assert.Equal(1, Requests(host, TaskRoute));
        Assert.Equal(Texts(20), host.Kommo.Tasks.Select(t => t.Text));
    }

    [Fact]
    public async Task Tasks_notes_and_changes_of_one_event_each_arrive()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var lead = host.Kommo.CreateLeads(1)[0];
        await host.Process.SendAsync(
            TaskOn(lead, "Call"),
            new AddNote(EntityType.Leads, NewNote.Common(lead, "Hello")),
            new UpdateLead(new LeadUpdate { Id = lead, Price = 7 }));

        await host.Process.SettleAsync();

        Assert.Equal(
            ("Call", "Hello", 7),
            (Assert.Single(host.Kommo.Tasks).Text, Assert.Single(host.Kommo.Notes).Text, host.Kommo.FindLead(lead)!.Price));
    }

    [Fact]
    public async Task What_was_sent_leaves_the_outbox()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await SendTasksAsync(host, 3);

        await host.Process.SettleAsync();

        Assert.Empty(await CommandsAsync(host));
    }

    [Fact]
    public async Task A_bell_for_an_empty_lane_does_not_ask_kommo()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await SendTasksAsync(host, 1);
        var bell = await host.TakeOneAsync(QueueNames.Dispatch);
        await host.Process.ProcessAsync(QueueNames.Dispatch, bell);
        var before = host.Kommo.GetStatistics().Requests;

        await host.Process.ProcessAsync(QueueNames.Dispatch, bell);

        Assert.Equal(before, host.Kommo.GetStatistics().Requests);
    }

    [Fact]
    public async Task An_item_that_kommo_refuses_becomes_a_dead_letter_and_the_others_are_sent()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var lead = host.Kommo.CreateLeads(1)[0];
        await host.Process.SendAsync(TaskOn(lead, "one"), TaskOn(lead + 1_000_000, "wrong"), TaskOn(lead, "two"));

        await host.Process.SettleAsync();

        Assert.Equal(["one", "two"], host.Kommo.Tasks.Select(t => t.Text));
        var letter = await host.Process.ReadDeadLetterAsync();
        Assert.Equal((DeadLetterReasons.Refused, "outbox:tasks.create"), (letter.Reason, letter.Source));
        Assert.Contains("\"wrong\"", letter.Message.ToString(), StringComparison.Ordinal);
        Assert.Empty(await CommandsAsync(host));
    }

    /// <summary>No page of Kommo's says that a request which is refused for one item has no effect.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Creations_beside_one_that_kommo_refuses_are_not_sent_again_unless_they_are_missing(bool kommoMadeOne)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var lead = host.Kommo.CreateLeads(1)[0];
        await host.Process.SendAsync(TaskOn(lead, "one"), TaskOn(lead + 1_000_000, "wrong"), TaskOn(lead, "two"));
        if (kommoMadeOne)
        {
            host.Kommo.CreateTask(EntityKind.Lead, lead, "one", Due);
        }

        await host.Process.SettleAsync();

        Assert.Equal(["one", "two"], host.Kommo.Tasks.Select(t => t.Text));
        Assert.Equal(DeadLetterReasons.Refused, (await host.Process.ReadDeadLetterAsync()).Reason);
        Assert.Empty(await CommandsAsync(host));
    }

    [Fact]
    public async Task A_process_that_dies_before_it_has_asked_for_them_leaves_them_in_doubt()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var lead = host.Kommo.CreateLeads(1)[0];
        await host.Process.SendAsync(TaskOn(lead, "one"), TaskOn(lead + 1_000_000, "wrong"));
        host.Kommo.AddFault(new SimulatorFault(FaultKind.ServerError, "GET /api/v4/tasks"));

        await host.Process.PumpAsync(QueueNames.Dispatch, 1);

        var lane = await host.Process.Get<OutboxStore>().FindStateAsync(new LaneKey(host.AccountId, TaskLane.LaneName), CancellationToken.None);
        Assert.Equal(await CommandsAsync(host), lane!.InFlight);
        await host.Process.SettleAsync();
        Assert.Equal(["one"], host.Kommo.Tasks.Select(t => t.Text));
    }

    [Fact]
    public async Task A_lane_that_another_process_holds_is_left_alone()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await SendTasksAsync(host, 1);
        var key = new LaneKey(host.AccountId, TaskLane.LaneName);
        await using var other = await host.Process.Get<OutboxStore>().OpenAsync(key, TimeSpan.FromMinutes(5), CancellationToken.None);
        await other.WriteAsync(other.State, CancellationToken.None);

        await host.Process.PumpAsync(QueueNames.Dispatch, 1);

        Assert.Empty(host.Kommo.Tasks);
        Assert.Equal(1, await host.CountAsync(QueueNames.Dispatch));
    }

    [Fact]
    public async Task Two_processes_on_one_lane_send_nothing_twice_and_nothing_out_of_order()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Settings["Outbox:BatchSize"] = "4");
        var other = host.StartProcess();
        for (var i = 0; i < 40; i += 4)
        {
            await SendTasksAsync(host, 4, from: i);
        }

        await Task.WhenAll(host.Process.SettleAsync(), other.SettleAsync());

        Assert.Equal(Texts(40), host.Kommo.Tasks.Select(t => t.Text));
    }

    [Fact]
    public async Task A_gateway_timeout_halves_the_batch_until_it_goes_through()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Settings["Outbox:BatchSize"] = "16");
        host.Kommo.AddFault(new SimulatorFault(FaultKind.GatewayTimeout, TaskRoute, Count: 3, ItemsAbove: 4));
        await SendTasksAsync(host, 16);

        await host.Process.SettleAsync();

        Assert.Equal(3, host.Kommo.GetStatistics().Faulted);
        Assert.Equal(Texts(16), host.Kommo.Tasks.Select(t => t.Text));
    }

    [Fact]
    public async Task A_429_loses_nothing()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        host.Kommo.AddFault(new SimulatorFault(FaultKind.TooManyRequests, TaskRoute));
        await SendTasksAsync(host, 3);

        await host.Process.SettleAsync();

        Assert.Equal(Texts(3), host.Kommo.Tasks.Select(t => t.Text));
    }

    [Fact]
    public async Task After_a_429_every_process_leaves_kommo_alone_and_messages_wait()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Kommo = k => k.RetryAfter = TimeSpan.FromMinutes(5));
        host.Kommo.AddFault(new SimulatorFault(FaultKind.TooManyRequests, TaskRoute));
        await SendTasksAsync(host, 1);
        await host.Process.PumpAsync(QueueNames.Dispatch, 1);
        var before = host.Kommo.GetStatistics().Requests;
        await SendTasksAsync(host, 1, from: 1);

        await host.StartProcess().PumpAsync(QueueNames.Dispatch, 1);

        Assert.Equal(before, host.Kommo.GetStatistics().Requests);
        Assert.Equal(2, await host.Process.Get<HoldStore>().CountParkedAsync(host.AccountId, 10, CancellationToken.None));
        Assert.Null(await host.TakeAsync(QueueNames.Dispatch));
    }

    [Fact]
    public async Task Two_changes_of_one_lead_share_a_request_and_the_later_one_wins()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var leads = host.Kommo.CreateLeads(2);
        await host.Process.SendAsync(
            new UpdateLead(new LeadUpdate { Id = leads[0], Price = 1 }),
            new UpdateLead(new LeadUpdate { Id = leads[1], Price = 1 }),
            new UpdateLead(new LeadUpdate { Id = leads[0], Price = 2 }));

        await host.Process.SettleAsync();

        Assert.Equal((2, 1), (host.Kommo.FindLead(leads[0])!.Price, host.Kommo.FindLead(leads[1])!.Price));
        Assert.Equal(1, Requests(host, "PATCH /api/v4/leads"));
    }

    [Fact]
    public async Task Of_merged_changes_that_kommo_refuses_only_the_one_to_blame_becomes_a_dead_letter()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var leads = host.Kommo.CreateLeads(2);
        await host.Process.SendAsync(
            new UpdateLead(new LeadUpdate { Id = leads[0], Price = 1 }),
            new UpdateLead(new LeadUpdate { Id = leads[0], ResponsibleUserId = LaneCase.Nobody }),
            new UpdateLead(new LeadUpdate { Id = leads[0], Name = "new" }),
            new UpdateLead(new LeadUpdate { Id = leads[1], Price = 2 }));

        await host.Process.SettleAsync();

        var (first, second) = (host.Kommo.FindLead(leads[0])!, host.Kommo.FindLead(leads[1])!);
        Assert.Equal((1, "new", 2), (first.Price, first.Name, second.Price));
        Assert.Contains($"{LaneCase.Nobody}", (await host.Process.ReadDeadLetterAsync()).Message.ToString(), StringComparison.Ordinal);
        Assert.Empty(await CommandsAsync(host));
    }

    [Fact]
    public async Task Commands_stay_when_the_accounts_grant_is_refused()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await SendTasksAsync(host, 2);
        await host.ConnectAsync(life: TimeSpan.Zero);
        host.Kommo.RevokeAllTokens();

        await host.StartProcess().PumpAsync(QueueNames.Dispatch, 10);

        Assert.Equal(AccountState.NeedsAuthorization, (await host.ReadAccountAsync())!.State);
        Assert.Equal(2, (await CommandsAsync(host)).Count);
        Assert.Empty(await host.Process.ReadDeadLettersAsync());
        Assert.Equal(HoldReason.NeedsAuthorization, (await host.Process.Get<HoldStore>().GetAsync(host.AccountId, CancellationToken.None))!.Reason);
    }

    [Fact]
    public async Task A_bell_for_a_lane_that_does_not_exist_becomes_a_dead_letter()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var bell = new Envelope
        {
            Id = "x",
            AccountId = host.AccountId,
            ReceivedAt = TimeProvider.System.GetUtcNow(),
            Content = Content.FromText("nonsense"),
        };

        await host.Process.ProcessAsync(QueueNames.Dispatch, bell.ToBinaryData());

        Assert.Equal(DeadLetterReasons.Unreadable, (await host.Process.ReadDeadLetterAsync()).Reason);
    }
}
