using Kommo;
using Kommo.Simulator;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Failures;
using KommoFunctions.Outbox;
using KommoFunctions.Tests;
using static KommoFunctions.Core.Tests.Outbox.OutboxScenario;

namespace KommoFunctions.Core.Tests.Outbox;

/// <summary>What must hold of every lane that changes something, and what becomes of several changes of one entity.</summary>
public sealed class UpdateLaneTests(AzuriteFixture azurite)
{
    public static TheoryData<string> Names { get; } = [.. UpdateCases.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Changes_share_a_request(string name)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var (one, kommo) = await LaneCase.StartAsync(UpdateCases.All, name, host);

        await host.Process.SendAsync(one.Make(one, "a one"), one.Make(one, "b two"));
        await host.Process.SettleAsync();

        Assert.Equal(["one", "two"], await one.ReadAsync(one, kommo));
        Assert.Equal(1, one.Requests(host));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_last_change_of_an_entity_stays(string name)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var (one, kommo) = await LaneCase.StartAsync(UpdateCases.All, name, host);

        await host.Process.SendAsync(one.Make(one, "a one"), one.Make(one, "b two"), one.Make(one, "a three"), one.Make(one, "b four"));
        await host.Process.SettleAsync();

        Assert.Equal(["three", "four"], await one.ReadAsync(one, kommo));
        Assert.Empty(await CommandsAsync(host));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_change_whose_answer_was_lost_is_made_again(string name)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var (one, kommo) = await LaneCase.StartAsync(UpdateCases.All, name, host);
        host.Kommo.AddFault(new SimulatorFault(FaultKind.AnswerLost, one.Route));

        await host.Process.SendAsync(one.Make(one, "a one"), one.Make(one, "b two"));
        await host.Process.SettleAsync();

        Assert.Equal(["one", "two"], await one.ReadAsync(one, kommo));
        Assert.Empty(await CommandsAsync(host));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_change_that_kommo_refuses_becomes_a_dead_letter_and_the_others_go_through(string name)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var (one, kommo) = await LaneCase.StartAsync(UpdateCases.All, name, host);

        await host.Process.SendAsync(one.Make(one, "a one"), one.MakeWrong(one), one.Make(one, "b two"));
        await host.Process.SettleAsync();

        Assert.Equal(["one", "two"], await one.ReadAsync(one, kommo));
        Assert.Equal(DeadLetterReasons.Refused, (await host.Process.ReadDeadLetterAsync()).Reason);
    }

    [Fact]
    public async Task Changes_and_tags_of_one_lead_become_one_item()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var lead = host.Kommo.CreateLeads(1)[0];

        await host.Process.SendAsync(
            new UpdateLead(new LeadUpdate { Id = lead, Price = 1, CustomFields = [CustomFieldValues.For(700001, "x"), CustomFieldValues.For(700002, 3)] }),
            new AddTags(EntityType.Leads, lead, "new", "VIP"),
            new RemoveTags(EntityType.Leads, lead, "new"),
            new UpdateLead(new LeadUpdate { Id = lead, Price = 2, CustomFields = [CustomFieldValues.Clear(700001)] }));
        await host.Process.SettleAsync();

        var held = host.Kommo.FindLead(lead)!;
        Assert.Equal((2, "VIP", 700002), (held.Price, Assert.Single(held.Tags).Name, Assert.Single(held.Fields).FieldId));
        Assert.Equal(1, Requests(host, "PATCH /api/v4/leads"));
    }

    [Fact]
    public async Task Two_moves_of_one_lead_are_two_requests_so_that_each_stage_sees_it()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var lead = host.Kommo.CreateLeads(1)[0];

        await host.Process.SendAsync(
            new UpdateLead(new LeadUpdate { Id = lead, StatusId = 142 }), new UpdateLead(new LeadUpdate { Id = lead, StatusId = 143 }));
        await host.Process.SettleAsync();

        Assert.Equal(143, host.Kommo.FindLead(lead)!.StatusId);
        Assert.Equal(2, Requests(host, "PATCH /api/v4/leads"));
    }

    [Fact]
    public async Task A_change_that_nobody_can_read_becomes_a_dead_letter_and_does_not_hold_up_its_lane()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var lead = host.Kommo.CreateLeads(1)[0];
        await host.Process.Get<OutboxStore>().AddAsync(
            new LaneKey(host.AccountId, "leads.update"), new PendingCommand("0001", "{\"id\":\"x\"", TimeProvider.System.GetUtcNow()), CancellationToken.None);

        await host.Process.SendAsync(new UpdateLead(new LeadUpdate { Id = lead, Price = 2 }));
        await host.Process.SettleAsync();

        Assert.Equal(2, host.Kommo.FindLead(lead)!.Price);
        Assert.Equal(DeadLetterReasons.Refused, (await host.Process.ReadDeadLetterAsync()).Reason);
    }
}
