using Kommo;
using Kommo.Simulator;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Outbox;
using KommoFunctions.Tests;

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
        await host.Process.SendAsync(Task(lead));
        await host.Process.SettleAsync();

        host.Kommo.AddFault(new SimulatorFault(fault, "POST /api/v4/tasks"));
        await host.Process.SendAsync(Task(lead));
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

    private static CreateTask Task(long lead) => new(new NewTask
    {
        EntityType = EntityType.Leads,
        EntityId = lead,
        Text = "Call",
        CompleteTill = DateTimeOffset.FromUnixTimeSeconds(2_000_000_000),
    });

    private static AddNote Note(long lead) => new(EntityType.Leads, NewNote.Common(lead, "Called"));
}
