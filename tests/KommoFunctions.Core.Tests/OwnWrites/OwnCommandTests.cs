using System.Text.Json;
using System.Text.Json.Nodes;
using Kommo;
using Kommo.Simulator;
using Kommo.Webhooks;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Handling;
using KommoFunctions.Messaging;
using KommoFunctions.Outbox;
using KommoFunctions.OwnWrites;
using KommoFunctions.Tests;

namespace KommoFunctions.Core.Tests.OwnWrites;

/// <summary>What the outbox writes comes back as hooks; handlers must not be called by their own doing.</summary>
public sealed class OwnCommandTests(AzuriteFixture azurite)
{
    private const long Person = 4_711;

    [Fact]
    public async Task A_change_of_our_own_is_not_handed_to_handlers()
    {
        await using var host = await StartAsync();
        var (lead, at) = await ChangeLeadAsync(host);

        await HandleAsync(host, Hooks.LeadChanged(lead, at));

        Assert.Empty(host.Script.Seen);
        Assert.Equal(0, await host.CountAllAsync());
    }

    [Theory]
    [InlineData("another lead")]
    [InlineData("another second")]
    [InlineData("a person in the same second")]
    [InlineData("an action that the command does not cause")]
    public async Task A_change_that_is_not_our_own_is_handed_to_handlers(string how)
    {
        await using var host = await StartAsync();
        var (lead, at) = await ChangeLeadAsync(host);

        await HandleAsync(host, how switch
        {
            "another lead" => Hooks.LeadChanged(lead + 1, at),
            "another second" => Hooks.LeadChanged(lead, at + 1),
            "a person in the same second" => Hooks.LeadChanged(lead, at, user: Person),
            _ => Hooks.LeadChanged(lead, at, "status"),
        });

        Assert.Single(host.Script.Seen);
    }

    [Fact]
    public async Task A_change_shown_as_made_by_the_user_of_the_token_is_our_own()
    {
        await using var host = await StartAsync();
        var (lead, at) = await ChangeLeadAsync(host);
        var session = await host.Process.Get<KommoFunctions.Accounts.AccountSessions>().GetAsync(host.AccountId, CancellationToken.None);
        var user = await session.GetUserIdAsync(CancellationToken.None);

        await HandleAsync(host, Hooks.LeadChanged(lead, at, user: user!.Value));

        Assert.Empty(host.Script.Seen);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("responsible")]
    [InlineData("update")]
    public async Task A_stage_move_and_a_new_owner_of_our_own_are_recognised_beside_the_update(string action)
    {
        await using var host = await StartAsync();
        var (lead, at) = await ChangeLeadAsync(host, id => new LeadUpdate { Id = id, StatusId = 142, ResponsibleUserId = host.Kommo.Leads[0].ResponsibleUserId });

        await HandleAsync(host, Hooks.LeadChanged(lead, at, action));

        Assert.Empty(host.Script.Seen);
    }

    /// <summary>Kommo shows some changes of people as made by user 0. The hook shows all values of the entity.</summary>
    [Theory]
    [InlineData("&leads[update][0][name]=Big+deal&leads[update][0][status_id]=142&leads[update][0][price]=5", true)]
    [InlineData("&leads[update][0][name]=big++deal!&leads[update][0][price]=5.00", true)]
    [InlineData("&leads[update][0][name]=&leads[update][0][custom_fields][0][id]=7&leads[update][0][custom_fields][0][values][0][value]=x", true)]
    [InlineData("&leads[update][0][name]=Lost+it", false)]
    [InlineData("&leads[update][0][name]=Big+deal&leads[update][0][price]=6", false)]
    [InlineData("&leads[update][0][status_id]=143", false)]
    public async Task A_change_in_the_second_of_our_own_is_ours_only_with_the_values_that_we_wrote(string shown, bool own)
    {
        await using var host = await StartAsync();
        var (lead, at) = await ChangeLeadAsync(host, id => new LeadUpdate
        {
            Id = id,
            Name = "Big deal",
            Price = 5,
            StatusId = 142,
        });

        await HandleAsync(host, Hooks.LeadChanged(lead, at, more: shown));

        Assert.Equal(own ? 0 : 1, host.Script.Seen.Count);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, true)]
    [InlineData(7, false)]
    public async Task Of_several_changes_of_our_own_in_one_second_each_is_known_by_its_values(int price, bool own)
    {
        await using var host = await StartAsync();
        var (lead, at) = await ChangeLeadAsync(host);
        await FinishAsync(host, lead, at, new LeadUpdate { Id = lead, Price = 6 });

        await HandleAsync(host, Hooks.LeadChanged(lead, at, more: $"&leads[update][0][price]={price}"));

        Assert.Equal(own ? 0 : 1, host.Script.Seen.Count);
    }

    [Theory]
    [InlineData("update", true)]
    [InlineData("status", false)]
    public async Task A_change_without_a_stage_does_not_vouch_for_a_persons_move_in_the_same_second(string action, bool own)
    {
        await using var host = await StartAsync();
        var (lead, at) = await ChangeLeadAsync(host, id => new LeadUpdate { Id = id, StatusId = 142 });
        await FinishAsync(host, lead, at, new LeadUpdate { Id = lead, Price = 6 });

        await HandleAsync(host, Hooks.LeadChanged(lead, at, action, more: $"&leads[{action}][0][status_id]=143"));

        Assert.Equal(own ? 0 : 1, host.Script.Seen.Count);
    }

    /// <summary>As a second change in the same second, which the simulated Kommo has no patience for.</summary>
    private static Task FinishAsync(CoreHost host, long lead, long at, LeadUpdate update) => host.Process.Get<OutboxStore>().FinishAsync(
        new LaneKey(host.AccountId, "leads.update"),
        [
            new DoneCommand("0002", null, WriteTrace.OfChanged(
                lead, DateTimeOffset.FromUnixTimeSeconds(at), DirectWrite.ActionsOf(_ => false), Values(update))),
        ],
        CancellationToken.None);

    private static WrittenValues Values(LeadUpdate update) =>
        WrittenValues.Of((JsonObject)JsonSerializer.SerializeToNode(update, KommoJson.TypeOf<LeadUpdate>())!);

    [Fact]
    public async Task A_task_and_a_note_of_our_own_are_not_handed_to_handlers_and_those_of_others_are()
    {
        await using var host = await StartAsync();
        var lead = host.Kommo.CreateLeads(1)[0];
        await host.Process.SendAsync(
            new CreateTask(new NewTask { EntityType = EntityType.Leads, EntityId = lead, Text = "Call", CompleteTill = DateTimeOffset.FromUnixTimeSeconds(2_000_000_000) }),
            new AddNote(EntityType.Leads, NewNote.Common(lead, "Hello")));
        await host.Process.SettleAsync();
        var (task, note) = (host.Kommo.Tasks[0].Id, host.Kommo.Notes[0].Id);

        await HandleAsync(host, Hooks.Of($"task[add][0][id]={task}"));
        await HandleAsync(host, Note(note, lead));
        await HandleAsync(host, Hooks.Of($"task[add][0][id]={task + 1}"));
        await HandleAsync(host, Note(note + 1, lead));

        Assert.Equal(["task add", "leads note"], host.Script.Seen.Select(s => $"{s.Event.Entity} {s.Event.Action}"));
        Assert.Equal(note + 1, host.Script.Seen[1].Event.Fields.GetInt64("note[id]"));

        static string Note(long id, long lead) => Hooks.Of($"leads[note][0][note][id]={id}&leads[note][0][note][element_id]={lead}");
    }

    [Fact]
    public async Task A_handler_that_asks_for_own_writes_gets_them_and_is_told_so()
    {
        await using var host = await StartAsync(b => b.AddHandler<LeadAddedHandler>().AddHandler<WatchingHandler>(ownWrites: true));
        bool? own = null;
        host.Script.Do = (_, context, _) =>
        {
            own = context.IsOwnWrite;
            return Task.CompletedTask;
        };
        var (lead, at) = await ChangeLeadAsync(host);

        await HandleAsync(host, Hooks.LeadChanged(lead, at));

        Assert.Equal((true, nameof(WatchingHandler)), (own, Assert.Single(host.Script.Seen).Handler));
    }

    [Fact]
    public async Task A_hook_that_is_faster_than_the_answer_to_its_command_waits_for_it()
    {
        await using var host = await StartAsync();
        var lead = host.Kommo.CreateLeads(1)[0];
        await host.Process.SendAsync(new UpdateLead(new LeadUpdate { Id = lead, Price = 5 }));
        host.Kommo.AddFault(new SimulatorFault(FaultKind.AnswerLost, "PATCH /api/v4/leads"));
        await host.Process.PumpAsync(QueueNames.Dispatch, 1);
        var at = host.Kommo.FindLead(lead)!.UpdatedAt;

        await host.Process.PostHookAsync(Hooks.LeadChanged(lead, at));
        await host.Process.PumpAsync(QueueNames.Hooks);
        await host.Process.PumpAsync(QueueNames.Events, 1);

        Assert.Empty(host.Script.Seen);
        Assert.Equal(1, await host.CountAsync(QueueNames.Events));
    }

    [Fact]
    public async Task A_change_of_our_own_makes_an_older_event_stale()
    {
        await using var host = await StartAsync();
        var stale = false;
        host.Script.Do = (_, context, _) =>
        {
            stale = context.IsStale;
            return Task.CompletedTask;
        };
        var (lead, at) = await ChangeLeadAsync(host);
        await HandleAsync(host, Hooks.LeadChanged(lead, at));

        await HandleAsync(host, Hooks.LeadChanged(lead, at - 10));

        Assert.True(stale);
    }

    [Fact]
    public async Task An_event_that_a_person_caused_costs_no_storage_request_for_the_guard()
    {
        await using var host = await StartAsync();
        var (lead, at) = await ChangeLeadAsync(host);
        await host.Process.PostHookAsync(Hooks.LeadChanged(lead, at, user: Person));
        await host.Process.PumpAsync(QueueNames.Hooks);
        var message = await host.TakeOneAsync(QueueNames.Events);
        var before = host.Proxy.Statistics.Total;

        await host.Process.ProcessAsync(QueueNames.Events, message);

        Assert.Equal(before + 2, host.Proxy.Statistics.Total);
    }

    [Fact]
    public async Task A_handler_that_answers_each_change_with_a_change_is_called_once()
    {
        await using var host = await StartAsync();
        var lead = host.Kommo.CreateLeads(1)[0];
        host.Script.Do = (e, context, _) =>
        {
            context.Send(new UpdateLead(new LeadUpdate { Id = e.EntityId!.Value, Price = host.Script.Seen.Count }));
            return Task.CompletedTask;
        };
        await HandleAsync(host, Hooks.LeadChanged(lead, host.Kommo.FindLead(lead)!.UpdatedAt, user: Person));

        for (var round = 0; round < 3; round++)
        {
            await host.Process.SettleAsync();
            await HandleAsync(host, Hooks.LeadChanged(lead, host.Kommo.FindLead(lead)!.UpdatedAt));
        }

        Assert.Single(host.Script.Seen);
    }

    private Task<CoreHost> StartAsync(Action<KommoFunctionsBuilder>? handlers = null) => CoreHost.StartAsync(
        azurite, o => o.Handlers = handlers ?? (b => b.AddHandler<AnyLeadHandler>().AddHandler<TaskAndContactHandler>()));

    /// <summary>Changes a lead through the outbox; the second of the change comes back.</summary>
    private static async Task<(long Lead, long At)> ChangeLeadAsync(CoreHost host, Func<long, LeadUpdate>? update = null)
    {
        var lead = host.Kommo.CreateLeads(1)[0];
        await host.Process.SendAsync(new UpdateLead(update?.Invoke(lead) ?? new LeadUpdate { Id = lead, Price = 5 }));
        await host.Process.SettleAsync();
        return (lead, host.Kommo.FindLead(lead)!.UpdatedAt);
    }

    private static async Task HandleAsync(CoreHost host, string hook)
    {
        await host.Process.PostHookAsync(hook);
        await host.Process.PumpAsync(QueueNames.Hooks);
        await host.Process.PumpAsync(QueueNames.Events, 10);
    }

    private sealed class WatchingHandler(HandlerScript script) : IEventHandler<LeadUpdated>
    {
        public Task HandleAsync(LeadUpdated e, EventContext context, CancellationToken cancellationToken) =>
            script.RunAsync(this, e, context, cancellationToken);
    }
}
