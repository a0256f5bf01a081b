using Kommo;
using Kommo.Simulator;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.DeadLetters;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Outbox;
using KommoFunctions.Tests;
using static KommoFunctions.Core.Tests.Outbox.OutboxScenario;

namespace KommoFunctions.Core.Tests.Outbox;

/// <summary>After a lost answer Kommo is asked what it holds. What it made for an earlier command says nothing of a later, equal one.</summary>
public sealed class InDoubtTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(FaultKind.ConnectionReset)]
    [InlineData(FaultKind.AnswerLost)]
    public async Task A_task_equal_to_one_that_was_just_made_is_made_too(FaultKind fault)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var lead = host.Kommo.CreateLeads(1)[0];
        await host.Process.SendAsync(TaskOn(lead, "Call"));
        await host.Process.SettleAsync();

        host.Kommo.AddFault(new SimulatorFault(fault, TaskRoute));
        await host.Process.SendAsync(TaskOn(lead, "Call"));
        await host.Process.SettleAsync();

        Assert.Equal(2, host.Kommo.Tasks.Count);
    }

    [Theory]
    [InlineData(FaultKind.ConnectionReset)]
    [InlineData(FaultKind.AnswerLost)]
    public async Task A_note_equal_to_one_that_was_just_made_is_made_too(FaultKind fault)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var lead = host.Kommo.CreateLeads(1)[0];
        await host.Process.SendAsync(Note(lead));
        await host.Process.SettleAsync();

        host.Kommo.AddFault(new SimulatorFault(fault, "POST /api/v4/leads/notes"));
        await host.Process.SendAsync(Note(lead));
        await host.Process.SettleAsync();

        Assert.Equal(2, host.Kommo.Notes.Count);
    }

    /// <summary>The lead is as young as the test, so it was changed long after the request.</summary>
    [Theory]
    [InlineData(11, true)]
    [InlineData(9, false)]
    public async Task An_update_in_doubt_that_others_have_overtaken_for_minutes_is_left_to_a_person(int minutes, bool left)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var lead = host.Kommo.CreateLeads(1)[0];
        await host.Process.SendAsync(new UpdateLead(new LeadUpdate { Id = lead, Price = 5 }));
        await MarkAsSentAsync(host, "leads.update", TimeProvider.System.GetUtcNow().AddMinutes(-minutes));
        host.Kommo.UpdateLead(lead, l => l with { Price = 7 });

        await host.Process.SettleAsync();

        Assert.Equal(left ? 7 : 5, host.Kommo.FindLead(lead)!.Price);
        Assert.Equal(left ? [DeadLetterReasons.InDoubt] : [], (await host.Process.ReadDeadLettersAsync()).Select(letter => letter.Reason));
    }

    [Fact]
    public async Task A_command_that_is_done_and_was_stored_again_is_not_in_doubt()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Settings["Outbox:InDoubt"] = "SetAside");
        await SendTasksAsync(host, 1);
        await MarkAsSentAsync(host);
        var (store, lane) = (host.Process.Get<OutboxStore>(), new LaneKey(host.AccountId, TaskLane.LaneName));
        var command = Assert.Single(await store.PeekAsync(lane, 1, CancellationToken.None));
        await store.FinishAsync(lane, [new DoneCommand(command.Id, 1)], CancellationToken.None);
        await store.AddAsync(lane, command, CancellationToken.None);

        await host.Process.SettleAsync();

        Assert.Empty(await CommandsAsync(host));
        Assert.Empty(await host.Process.ReadDeadLettersAsync());
        Assert.Empty(host.Kommo.Tasks);
    }

    [Fact]
    public async Task A_request_whose_answer_was_lost_after_kommo_acted_is_not_sent_again()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        host.Kommo.AddFault(new SimulatorFault(FaultKind.AnswerLost, TaskRoute));
        await SendTasksAsync(host, 3);

        await host.Process.SettleAsync();

        Assert.Equal(Texts(3), host.Kommo.Tasks.Select(t => t.Text));
        Assert.Equal(1, Requests(host, TaskRoute));
    }

    [Fact]
    public async Task A_note_whose_answer_was_lost_after_kommo_acted_is_not_sent_again()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        host.Kommo.AddFault(new SimulatorFault(FaultKind.AnswerLost, "POST /api/v4/leads/notes"));
        var leads = host.Kommo.CreateLeads(50);
        await host.Process.SendAsync([.. leads.Select(id => new AddNote(EntityType.Leads, NewNote.Common(id, "Same text")))]);

        await host.Process.SettleAsync();

        Assert.Equal(leads, host.Kommo.Notes.Select(n => n.EntityId));
    }

    [Theory]
    [InlineData(FaultKind.ConnectionReset)]
    [InlineData(FaultKind.ServerError)]
    [InlineData(FaultKind.GatewayTimeout)]
    public async Task A_request_that_failed_before_kommo_acted_is_sent_again(FaultKind fault)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        host.Kommo.AddFault(new SimulatorFault(fault, TaskRoute));
        await SendTasksAsync(host, 3);

        await host.Process.SettleAsync();

        Assert.Equal(Texts(3), host.Kommo.Tasks.Select(t => t.Text).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task After_a_lost_answer_kommo_is_left_in_peace_for_a_while()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Settings["Outbox:InDoubtDelay"] = "00:05:00");
        host.Kommo.AddFault(new SimulatorFault(FaultKind.AnswerLost, TaskRoute));
        await SendTasksAsync(host, 1);
        await host.Process.PumpAsync(QueueNames.Dispatch);
        var before = host.Kommo.GetStatistics().Requests;

        await SendTasksAsync(host, 1, from: 1);
        await host.Process.PumpAsync(QueueNames.Dispatch);

        Assert.Equal(before, host.Kommo.GetStatistics().Requests);
        Assert.Equal(2, await host.CountAsync(QueueNames.Dispatch));
    }

    [Fact]
    public async Task Equal_commands_of_which_kommo_has_one_are_completed()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var lead = host.Kommo.CreateLeads(1)[0];
        await host.Process.SendAsync(TaskOn(lead, "same"), TaskOn(lead, "same"));
        await MarkAsSentAsync(host);
        host.Kommo.CreateTask(EntityKind.Lead, lead, "same", Due);

        await host.Process.SettleAsync();

        Assert.Equal(2, host.Kommo.Tasks.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_process_that_died_had_marked_is_sent_once(bool kommoActed)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var lead = host.Kommo.CreateLeads(1)[0];
        await host.Process.SendAsync(TaskOn(lead, "Call"));
        await MarkAsSentAsync(host);
        if (kommoActed)
        {
            host.Kommo.CreateTask(EntityKind.Lead, lead, "Call", Due);
        }

        await host.StartProcess().SettleAsync();

        Assert.Single(host.Kommo.Tasks);
        Assert.Equal(kommoActed ? 0 : 1, Requests(host, TaskRoute));
    }

    [Theory]
    [InlineData(FaultKind.AnswerLost, 2)]
    [InlineData(FaultKind.ConnectionReset, 1)]
    public async Task With_repeat_a_creation_is_sent_again_without_asking(FaultKind fault, int made)
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Settings["Outbox:InDoubt"] = "Repeat");
        host.Kommo.AddFault(new SimulatorFault(fault, TaskRoute));
        await SendTasksAsync(host, 1);

        await host.Process.SettleAsync();

        Assert.Equal(made, host.Kommo.Tasks.Count);
        Assert.Equal(0, Requests(host, "GET /api/v4/tasks"));
    }

    [Fact]
    public async Task What_is_set_aside_waits_for_a_person_and_holds_up_nothing()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Settings["Outbox:InDoubt"] = "SetAside");
        host.Kommo.AddFault(new SimulatorFault(FaultKind.ConnectionReset, TaskRoute));
        await SendTasksAsync(host, 1);
        await host.Process.PumpAsync(QueueNames.Dispatch, 1);
        await SendTasksAsync(host, 1, from: 1);

        await host.Process.SettleAsync();

        Assert.Equal(["Task 001"], host.Kommo.Tasks.Select(task => task.Text));
        var letter = await host.Process.ReadDeadLetterAsync();
        Assert.Equal(DeadLetterReasons.InDoubt, letter.Reason);
        await host.Process.Get<DeadLetterReplay>().ReplayAsync(host.AccountId, letter.Id);
        await host.Process.SettleAsync();
        Assert.Equal(["Task 001", "Task 000"], host.Kommo.Tasks.Select(task => task.Text));
    }

    [Fact]
    public async Task A_change_is_sent_again_even_where_creations_are_set_aside()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Settings["Outbox:InDoubt"] = "SetAside");
        var lead = host.Kommo.CreateLeads(1)[0];
        host.Kommo.AddFault(new SimulatorFault(FaultKind.AnswerLost, "PATCH /api/v4/leads"));
        await host.Process.SendAsync(new UpdateLead(new LeadUpdate { Id = lead, Price = 7 }));

        await host.Process.SettleAsync();

        Assert.Equal(2, Requests(host, "PATCH /api/v4/leads"));
        Assert.Empty(await host.Process.ReadDeadLettersAsync());
    }

    private static AddNote Note(long lead) => new(EntityType.Leads, NewNote.Common(lead, "Called"));
}
