using System.Text;
using Kommo.Webhooks;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Splitting;
using KommoFunctions.Tests;

namespace KommoFunctions.Core.Tests.Splitting;

public sealed class SplittingTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Every_entity_action_and_index_becomes_one_event()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.PostHookAsync(Hooks.Of(
            "leads[add][0][id]=1&leads[add][1][id]=2&leads[update][0][id]=1&leads[status][0][id]=1"
            + "&contacts[add][0][id]=7&contacts[add][0][type]=contact&contacts[add][1][id]=7&contacts[add][1][type]=company"
            + "&task[add][0][id]=9&customers[add][0][id]=7&catalogs[add][0][id]=7"));

        await host.Process.PumpAsync(QueueNames.Hooks);

        var events = await ReadEventsAsync(host);
        Assert.Equal(
            ["catalogs add 7", "contacts add 7", "contacts add 7", "customers add 7", "leads add 1", "leads add 2", "leads status 1", "leads update 1", "task add 9"],
            events.Select(e => $"{e.Entity} {e.Action} {e.EntityId}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_event_keeps_its_fields_its_account_and_its_time()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.PostHookAsync(Hooks.LeadAdded(5, "J%C3%BCrgen+%26+S%C3%B6hne"));
        var hook = await host.TakeOneAsync(QueueNames.Hooks);

        await host.Process.ProcessAsync(QueueNames.Hooks, hook);

        var envelope = Assert.Single(await host.TakeEnvelopesAsync(QueueNames.Events));
        var e = Assert.IsType<LeadAdded>(await ReadAsync(host, envelope));
        Assert.Equal("Jürgen & Söhne", e.Name);
        Assert.Equal((host.AccountId, Envelope.Parse(hook).ReceivedAt), (envelope.AccountId, envelope.ReceivedAt));
    }

    [Fact]
    public async Task A_repeated_hook_brings_no_second_event()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.PostHookAsync(Hooks.LeadAdded(1));
        await host.Process.PostHookAsync(Hooks.LeadAdded(1));

        await host.Process.PumpAsync(QueueNames.Hooks);

        Assert.Equal(1, await host.CountAsync(QueueNames.Events));
    }

    [Fact]
    public async Task Two_changes_of_one_lead_are_two_events()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.PostHookAsync(Hooks.Of("leads[update][0][id]=1&leads[update][0][updated_at]=1700000000"));
        await host.Process.PostHookAsync(Hooks.Of("leads[update][0][id]=1&leads[update][0][updated_at]=1700000001"));

        await host.Process.PumpAsync(QueueNames.Hooks);

        Assert.Equal(2, await host.CountAsync(QueueNames.Events));
    }

    [Theory]
    [InlineData("customers[add][0][id]=7", "catalogs[add][0][id]=7")]
    [InlineData("contacts[add][0][id]=7&contacts[add][0][type]=contact", "contacts[add][0][id]=7&contacts[add][0][type]=company")]
    [InlineData("leads[add][0][id]=7", "task[add][0][id]=7")]
    public async Task Two_things_of_different_kinds_with_one_id_are_two_events(string one, string other)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.PostHookAsync(Hooks.Of(one));
        await host.Process.PostHookAsync(Hooks.Of(other));

        await host.Process.PumpAsync(QueueNames.Hooks);

        Assert.Equal(2, await host.CountAsync(QueueNames.Events));
    }

    [Fact]
    public async Task The_same_lead_in_two_accounts_is_two_events()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.PostHookAsync(Encoding.UTF8.GetBytes(Hooks.OfAccount(1)), 1);
        await host.Process.PostHookAsync(Encoding.UTF8.GetBytes(Hooks.OfAccount(2)), 2);

        await host.Process.PumpAsync(QueueNames.Hooks);

        Assert.Equal([1, 2], (await host.TakeEnvelopesAsync(QueueNames.Events)).Select(e => e.AccountId).Order());
    }

    [Fact]
    public async Task A_crash_between_claiming_an_event_and_queueing_it_loses_nothing()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var body = Hooks.LeadAdded(1);
        await host.Process.PostHookAsync(body);
        var hook = await host.TakeOneAsync(QueueNames.Hooks);
        var identity = EventIdentity.Of(host.AccountId, WebhookParser.Parse(Encoding.UTF8.GetBytes(body)).Events[0]);
        var (id, receivedAt) = (Envelope.Parse(hook).Id, Envelope.Parse(hook).ReceivedAt);
        await host.Process.Get<EventLog>().TryClaimAsync(host.AccountId, identity, id, receivedAt, CancellationToken.None);

        await host.Process.ProcessAsync(QueueNames.Hooks, hook);

        Assert.Equal(1, await host.CountAsync(QueueNames.Events));
    }

    [Fact]
    public async Task A_hook_that_is_processed_twice_is_handled_once()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.PostHookAsync(Hooks.LeadAdded(1));
        var hook = await host.TakeOneAsync(QueueNames.Hooks);

        await host.Process.ProcessAsync(QueueNames.Hooks, hook);
        await host.Process.ProcessAsync(QueueNames.Hooks, hook);
        await host.Process.SettleAsync();

        Assert.Single(host.Script.Seen);
    }

    [Fact]
    public async Task A_mass_edit_is_split_completely()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.PostHookAsync(Hooks.Leads(200));

        await host.Process.PumpAsync(QueueNames.Hooks);

        Assert.Equal(200, (await ReadEventsAsync(host)).Select(e => e.EntityId).Distinct().Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("{\"leads\":{}}")]
    [InlineData("account[id]=30000001")]
    public async Task A_body_that_is_no_hook_becomes_a_dead_letter(string body)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.PostHookAsync(body);

        await host.Process.PumpAsync(QueueNames.Hooks);

        var letter = await host.Process.ReadDeadLetterAsync();
        Assert.Equal((DeadLetterReasons.NotAHook, QueueNames.Hooks, host.AccountId), (letter.Reason, letter.Source, letter.AccountId));
    }

    [Fact]
    public async Task A_hook_of_another_account_becomes_a_dead_letter()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.PostHookAsync(Hooks.OfAccount(host.AccountId + 1));

        await host.Process.PumpAsync(QueueNames.Hooks);

        Assert.Equal(DeadLetterReasons.AccountMismatch, (await host.Process.ReadDeadLetterAsync()).Reason);
        Assert.Equal(0, await host.CountAsync(QueueNames.Events));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"version\":2,\"id\":\"x\",\"accountId\":1,\"receivedAt\":\"2026-01-01T00:00:00Z\",\"content\":{\"encoding\":\"Text\",\"value\":\"\"}}")]
    public async Task A_message_that_this_app_did_not_write_becomes_a_dead_letter(string message)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.PutAsync(QueueNames.Hooks, message);

        await host.Process.PumpAsync(QueueNames.Hooks);

        var letter = await host.Process.ReadDeadLetterAsync();
        Assert.Equal((DeadLetterReasons.Unreadable, message), (letter.Reason, letter.Message.ToString()));
    }

    [Fact]
    public async Task A_message_whose_blob_is_gone_becomes_a_dead_letter()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var envelope = new Envelope
        {
            Id = "x",
            AccountId = host.AccountId,
            ReceivedAt = TimeProvider.System.GetUtcNow(),
            Content = new Content(ContentEncoding.Blob, "nowhere"),
        };

        await host.Process.ProcessAsync(QueueNames.Hooks, envelope.ToBinaryData());

        Assert.Equal(DeadLetterReasons.Unreadable, (await host.Process.ReadDeadLetterAsync()).Reason);
    }

    private static async Task<IReadOnlyList<WebhookEvent>> ReadEventsAsync(CoreHost host)
    {
        var events = new List<WebhookEvent>();
        foreach (var envelope in await host.TakeEnvelopesAsync(QueueNames.Events))
        {
            events.Add(await ReadAsync(host, envelope));
        }

        return events;
    }

    private static async Task<WebhookEvent> ReadAsync(CoreHost host, Envelope envelope) =>
        Assert.Single(WebhookParser.Parse(await host.Process.Get<ContentCodec>().UnpackAsync(envelope.Content, CancellationToken.None)).Events);
}
