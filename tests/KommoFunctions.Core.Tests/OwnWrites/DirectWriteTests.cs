using System.Globalization;
using Kommo;
using Kommo.Simulator;
using Kommo.Webhooks;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Emulators.Storage;
using KommoFunctions.Handling;
using KommoFunctions.Messaging;
using KommoFunctions.Tests;

namespace KommoFunctions.Core.Tests.OwnWrites;

/// <summary>What a handler writes with the client that it is given comes back as hooks too.</summary>
public sealed class DirectWriteTests(AzuriteFixture azurite)
{
    private const long Person = 4_711;

    [Fact]
    public async Task A_lead_that_a_handler_changes_is_not_handed_to_it_again_and_another_second_is()
    {
        await using var host = await StartAsync();
        var lead = host.Kommo.CreateLeads(1)[0];

        await WriteAsync(host, kommo => kommo.Leads.UpdateAsync([new LeadUpdate { Id = lead, Price = 5 }]));
        var at = host.Kommo.FindLead(lead)!.UpdatedAt;
        await HandleAsync(host, Hooks.LeadChanged(lead, at));
        await HandleAsync(host, Hooks.LeadChanged(lead, at + 1));
        await HandleAsync(host, Hooks.LeadChanged(lead, at, "status"));

        Assert.Equal([$"leads update {lead}", $"leads status {lead}"], Seen(host));
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public async Task A_change_in_the_second_of_a_handlers_is_its_own_only_with_the_values_that_it_wrote(int price, bool own)
    {
        await using var host = await StartAsync();
        var leads = host.Kommo.CreateLeads(2);

        await WriteAsync(host, kommo => kommo.Leads.UpdateAsync([new LeadUpdate { Id = leads[0], Price = 5 }, new LeadUpdate { Id = leads[1], Price = 8 }]));
        await HandleAsync(host, Hooks.LeadChanged(leads[0], host.Kommo.FindLead(leads[0])!.UpdatedAt, more: $"&leads[update][0][price]={price}"));

        Assert.Equal(own ? [] : [$"leads update {leads[0]}"], Seen(host));
    }

    [Theory]
    [InlineData("status")]
    [InlineData("responsible")]
    public async Task A_stage_move_and_a_new_owner_are_recognised_beside_the_update(string action)
    {
        await using var host = await StartAsync();
        var lead = host.Kommo.CreateLeads(1)[0];
        var owner = host.Kommo.Leads[0].ResponsibleUserId;

        await WriteAsync(host, kommo => kommo.Leads.UpdateAsync([new LeadUpdate { Id = lead, StatusId = 142, ResponsibleUserId = owner }]));
        await HandleAsync(host, Hooks.LeadChanged(lead, host.Kommo.FindLead(lead)!.UpdatedAt, action));

        Assert.Empty(Seen(host));
    }

    [Fact]
    public async Task What_a_handler_makes_is_not_handed_to_handlers_and_what_others_make_is()
    {
        await using var host = await StartAsync();
        var lead = host.Kommo.CreateLeads(1)[0];

        await WriteAsync(host, async kommo =>
        {
            await kommo.Leads.CreateAsync([new NewLead { Name = "One" }, new NewLead { Name = "Two" }]);
            await kommo.Contacts.CreateAsync([new NewContact { Name = "Somebody" }]);
            await kommo.Tasks.CreateAsync([new NewTask { EntityType = EntityType.Leads, EntityId = lead, Text = "Call", CompleteTill = DateTimeOffset.FromUnixTimeSeconds(2_000_000_000) }]);
            await kommo.Leads.Notes.CreateAsync(NewNote.Common(lead, "Hello"));
        });
        var (task, note) = (host.Kommo.Tasks[0].Id, host.Kommo.Notes[0].Id);
        foreach (var own in host.Kommo.Leads.Where(l => l.Id != lead))
        {
            await HandleAsync(host, Hooks.LeadAdded(own.Id));
        }

        await HandleAsync(host, Hooks.Of($"contacts[add][0][id]={host.Kommo.Contacts[0].Id}&contacts[add][0][type]=contact"));
        await HandleAsync(host, Hooks.Of($"task[add][0][id]={task}"));
        await HandleAsync(host, Hooks.Of($"leads[note][0][note][id]={note}&leads[note][0][note][element_id]={lead}"));
        Assert.Empty(Seen(host));

        await HandleAsync(host, Hooks.LeadAdded(lead));
        await HandleAsync(host, Hooks.Of($"task[add][0][id]={task + 1}"));
        await HandleAsync(host, Hooks.Of($"leads[note][0][note][id]={note + 1}&leads[note][0][note][element_id]={lead}"));

        Assert.Equal([$"leads add {lead}", $"task add {task + 1}", $"leads note {lead}"], Seen(host));
    }

    [Fact]
    public async Task A_change_by_a_person_in_the_same_second_is_handed_to_handlers()
    {
        await using var host = await StartAsync();
        var lead = host.Kommo.CreateLeads(1)[0];

        await WriteAsync(host, kommo => kommo.Leads.UpdateAsync([new LeadUpdate { Id = lead, Price = 5 }]));
        await HandleAsync(host, Hooks.LeadChanged(lead, host.Kommo.FindLead(lead)!.UpdatedAt, user: Person));

        Assert.Single(Seen(host));
    }

    [Fact]
    public async Task An_event_waits_while_a_write_that_may_have_caused_it_is_in_doubt_and_others_do_not()
    {
        await using var host = await StartAsync(o => o.Settings["Outbox:LaneHold"] = "00:00:05");
        var leads = host.Kommo.CreateLeads(2);
        host.Kommo.AddFault(new SimulatorFault(FaultKind.AnswerLost, "PATCH /api/v4/leads"));

        await WriteAsync(host, kommo => Assert.ThrowsAnyAsync<KommoException>(() => kommo.Leads.UpdateInOneRequestAsync([new LeadUpdate { Id = leads[0], Price = 5 }])));
        await host.Process.PostHookAsync(Hooks.LeadChanged(leads[0], host.Kommo.FindLead(leads[0])!.UpdatedAt));
        await host.Process.PostHookAsync(Hooks.LeadChanged(leads[1], 1_700_000_000));
        await host.Process.PumpAsync(QueueNames.Hooks);
        await host.Process.PumpAsync(QueueNames.Events, 2);

        Assert.Equal([$"leads update {leads[1]}"], Seen(host));
        Assert.Equal(1, await host.CountAsync(QueueNames.Events));

        // Nobody will ever know whose change it was: after a while it is handed over rather than lost.
        await Eventually.HoldsAsync(async () =>
        {
            await host.Process.PumpAsync(QueueNames.Events, 1);
            return Seen(host).Count == 2;
        });
    }

    [Theory]
    [InlineData("a refusal")]
    [InlineData("a block")]
    public async Task A_write_that_kommo_did_not_carry_out_holds_up_no_event(string how)
    {
        await using var host = await StartAsync();
        var lead = host.Kommo.CreateLeads(1)[0];
        if (how == "a block")
        {
            host.Kommo.AddFault(new SimulatorFault(FaultKind.TooManyRequests, "PATCH /api/v4/leads"));
        }

        var id = how == "a block" ? lead : 999_999_999;
        await WriteAsync(host, kommo => Assert.ThrowsAnyAsync<KommoException>(() => kommo.Leads.UpdateInOneRequestAsync([new LeadUpdate { Id = id, Price = 5 }])));
        await HandleAsync(host, Hooks.LeadChanged(id, 1_700_000_000));

        Assert.Single(Seen(host));
    }

    [Fact]
    public async Task A_write_that_cannot_be_noted_is_not_made_twice()
    {
        await using var host = await StartAsync();
        var lead = host.Kommo.CreateLeads(1)[0];
        var written = false;
        host.Script.Do = async (_, context, token) =>
        {
            await context.Kommo.Leads.UpdateAsync([new LeadUpdate { Id = lead, Price = 5 }], cancellationToken: token);
            written = true;
        };
        using var _ = host.Proxy.Faults.Add(new StorageFault
        {
            Kind = StorageFaultKind.ServerBusy,
            Matches = kind => kind.Resource.Contains("batch", StringComparison.Ordinal) && host.Kommo.FindLead(lead)!.Price == 5,
        });

        await HandleAsync(host, Hooks.LeadChanged(lead, 1_700_000_000, user: Person));

        Assert.True(written);
        Assert.Contains(host.Process.Logs.GetSnapshot(), record => record.Message.Contains("could not be noted", StringComparison.Ordinal));
    }

    private Task<CoreHost> StartAsync(Action<CoreHostOptions>? configure = null) => CoreHost.StartAsync(azurite, o =>
    {
        o.Handlers = b => b.AddHandler<AnyLeadHandler>().AddHandler<TaskAndContactHandler>();
        configure?.Invoke(o);
    });

    /// <summary>Has a handler write, on behalf of something that a person did to a lead of no interest.</summary>
    private static async Task WriteAsync(CoreHost host, Func<KommoClient, Task> write)
    {
        host.Script.Do = (_, context, _) => write(context.Kommo);
        await HandleAsync(host, Hooks.LeadChanged(1, 1_700_000_000, user: Person));
        Assert.Single(host.Script.Seen);
        host.Script.Do = (_, _, _) => Task.CompletedTask;
    }

    private static async Task HandleAsync(CoreHost host, string hook)
    {
        await host.Process.PostHookAsync(hook);
        await host.Process.PumpAsync(QueueNames.Hooks);
        await host.Process.PumpAsync(QueueNames.Events, 10);
    }

    /// <summary>What handlers saw after the event that made them write.</summary>
    private static List<string> Seen(CoreHost host) =>
        [.. host.Script.Seen.Skip(1).Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Event.Entity} {s.Event.Action} {s.Event.EntityId}"))];
}
