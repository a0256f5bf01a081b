using System.Text;
using Kommo.Webhooks;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Handling;
using KommoFunctions.Messaging;
using KommoFunctions.Tests;

namespace KommoFunctions.Core.Tests.Handling;

/// <summary>What handlers see of what Kommo sends, from the hook to the handler.</summary>
public sealed class EventShapeTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Times_told_as_local_text_are_read_in_the_accounts_zone()
    {
        await using var host = await StartAsync<TaskAdded>(o => o.Kommo = k => k.TimeZone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));

        await HandleAsync(host, Hooks.Of("task[add][0][id]=9&task[add][0][date_create]=2026-07-01+09:30:00&task[add][0][complete_till]=2026-12-01+10:00:00"));

        var task = Assert.IsType<TaskAdded>(Assert.Single(host.Script.Seen).Event);
        Assert.Equal(new DateTimeOffset(2026, 7, 1, 13, 30, 0, TimeSpan.Zero), task.CreatedAt);
        Assert.Equal(new DateTimeOffset(2026, 12, 1, 15, 0, 0, TimeSpan.Zero), task.CompleteTill);
    }

    [Fact]
    public async Task The_zone_is_asked_for_once_and_only_where_an_event_needs_it()
    {
        await using var host = await StartAsync<TaskEvent>();
        await HandleAsync(host, Hooks.Of("task[add][0][id]=8&task[add][0][created_at]=1700000000"));
        var before = host.Kommo.GetStatistics().Requests;

        for (var id = 9; id < 12; id++)
        {
            await HandleAsync(host, Hooks.Of($"task[add][0][id]={id}&task[add][0][date_create]=2026-07-01+09:30:00"));
        }

        var other = host.StartProcess();
        await host.Process.PostHookAsync(Hooks.Of("task[add][0][id]=12&task[add][0][date_create]=2026-07-01+09:30:00"));
        await other.PumpAsync(QueueNames.Hooks);
        await other.PumpAsync(QueueNames.Events);

        Assert.Equal((0, 1), (before, host.Kommo.GetStatistics().Requests));
        Assert.Equal(4, host.Script.Seen.Count);
        Assert.Single(other.Script.Seen);
    }

    [Fact]
    public async Task A_task_that_is_closed_reaches_handlers_of_completed_tasks_and_of_changed_ones_and_others_only_the_latter()
    {
        await using var host = await StartAsync<TaskUpdated>(o => o.Handlers = b => b.AddHandler<Seeing<TaskCompleted>>().AddHandler<Seeing<TaskUpdated>>());

        await HandleAsync(host, Hooks.Of("task[update][0][id]=9&task[update][0][action_close]=1&task[update][0][status]=1&task[update][0][updated_at]=1700000000"));
        await HandleAsync(host, Hooks.Of("task[update][0][id]=9&task[update][0][action_close]=0&task[update][0][status]=1&task[update][0][updated_at]=1700000001"));

        Assert.Equal([(typeof(TaskCompleted)), typeof(TaskCompleted), typeof(TaskUpdated)], host.Script.Seen.Select(s => s.Event.GetType()));
    }

    [Fact]
    public async Task A_contact_whose_owner_changed_reaches_handlers_of_that_and_one_whose_owner_stayed_does_not()
    {
        await using var host = await StartAsync<ContactResponsibleChanged>();
        const string contact = "contacts[update][0][id]=7&contacts[update][0][type]=contact&contacts[update][0][old_responsible_user_id]=1";

        await HandleAsync(host, Hooks.Of(contact + "&contacts[update][0][responsible_user_id]=1&contacts[update][0][updated_at]=1700000000"));
        Assert.Empty(host.Script.Seen);
        await HandleAsync(host, Hooks.Of(contact + "&contacts[update][0][responsible_user_id]=2&contacts[update][0][updated_at]=1700000001"));

        Assert.Equal(2, Assert.IsType<ContactResponsibleChanged>(Assert.Single(host.Script.Seen).Event).ResponsibleUserId);
    }

    [Fact]
    public async Task A_hook_in_json_reaches_the_same_handlers_and_each_of_its_notes_is_an_event_of_its_own()
    {
        await using var host = await StartAsync<LeadNoteAdded>();
        const string first = """{"notes":{"add":[{"id":71,"element_id":5,"element_type":2,"text":"One","created_at":1700000000}]}}""";
        const string second = """{"notes":{"add":[{"id":72,"element_id":5,"element_type":2,"text":"Two","created_at":1699999999}]}}""";
        var stale = new List<bool>();
        host.Script.Do = (_, context, _) =>
        {
            stale.Add(context.IsStale);
            return Task.CompletedTask;
        };

        foreach (var body in new[] { first, second, first })
        {
            await host.Process.PostHookAsync(Encoding.UTF8.GetBytes(body));
            await host.Process.PumpAsync(QueueNames.Hooks);
            await host.Process.PumpAsync(QueueNames.Events);
        }

        Assert.Equal(["One", "Two"], host.Script.Seen.Select(s => ((LeadNoteAdded)s.Event).Note.Text));
        Assert.Equal([false, false], stale);
    }

    [Fact]
    public async Task Every_message_and_every_incoming_lead_is_one_event_however_its_fields_are_ordered()
    {
        await using var host = await StartAsync<WebhookEvent>();

        await HandleAsync(host, Hooks.Of("message[add][0][id]=0a1b2c3d-0000-4000-8000-000000000001&message[add][0][text]=Hi"));
        await HandleAsync(host, Hooks.Of("message[add][0][text]=Hi&message[add][0][id]=0a1b2c3d-0000-4000-8000-000000000001"));
        await HandleAsync(host, Hooks.Of("message[add][0][id]=0a1b2c3d-0000-4000-8000-000000000002&message[add][0][text]=Hi"));
        await HandleAsync(host, Hooks.Of("unsorted[add][0][uid]=abc&unsorted[add][0][category]=forms"));
        await HandleAsync(host, Hooks.Of("unsorted[add][0][category]=forms&unsorted[add][0][uid]=abc"));

        Assert.Equal(3, host.Script.Seen.Count);
    }

    private Task<CoreHost> StartAsync<TEvent>(Action<CoreHostOptions>? configure = null)
        where TEvent : WebhookEvent => CoreHost.StartAsync(azurite, o =>
    {
        o.Handlers = b => b.AddHandler<Seeing<TEvent>>();
        configure?.Invoke(o);
    });

    private static async Task HandleAsync(CoreHost host, string hook)
    {
        await host.Process.PostHookAsync(hook);
        await host.Process.PumpAsync(QueueNames.Hooks);
        await host.Process.PumpAsync(QueueNames.Events, 10);
    }

    internal sealed class Seeing<TEvent>(HandlerScript script) : IEventHandler<TEvent>
        where TEvent : WebhookEvent
    {
        public Task HandleAsync(TEvent e, EventContext context, CancellationToken cancellationToken) => script.RunAsync(this, e, context, cancellationToken);
    }
}
