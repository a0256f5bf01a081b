using Kommo;
using KommoFunctions.Accounts;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Outbox;
using KommoFunctions.Storage;
using KommoFunctions.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Core.Tests.Handling;

public sealed class HandlingTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task An_event_goes_to_the_handlers_of_its_type_and_of_its_base_type_in_their_order()
    {
        await using var host = await CoreHost.StartAsync(
            azurite, o => o.Handlers = b => b.AddHandler<AnyLeadHandler>().AddHandler<TaskAndContactHandler>().AddHandler<LeadAddedHandler>());

        await HandleAsync(host, Hooks.LeadAdded(1));

        Assert.Equal([nameof(AnyLeadHandler), nameof(LeadAddedHandler)], host.Script.Seen.Select(s => s.Handler));
    }

    [Fact]
    public async Task A_handler_of_a_base_type_gets_every_event_under_it()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Handlers = b => b.AddHandler<AnyLeadHandler>());

        await HandleAsync(host, Hooks.Of("leads[add][0][id]=1&leads[update][0][id]=1&leads[delete][0][id]=1&contacts[add][0][id]=1"));

        Assert.Equal(["add", "delete", "update"], host.Script.Seen.Select(s => s.Event.Action).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_handler_of_several_kinds_gets_each_of_them_once()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Handlers = b => b.AddHandler<TaskAndContactHandler>());

        await HandleAsync(host, Hooks.Of("task[add][0][id]=1&contacts[add][0][id]=2&leads[add][0][id]=3"));

        Assert.Equal([1L, 2L], host.Script.Seen.Select(s => s.Event.EntityId!.Value).Order());
    }

    [Fact]
    public void A_class_that_handles_nothing_is_refused()
    {
        var builder = new ServiceCollection().AddKommoFunctions(new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build());

        var e = Assert.Throws<ArgumentException>(() => builder.AddHandler<object>());

        Assert.Contains("IEventHandler<TEvent>", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_handlers_of_one_event_share_a_scope_and_the_next_event_has_another()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Handlers = b =>
        {
            b.Services.AddScoped<ScopeProbe>();
            b.Services.AddSingleton<SeenProbes>();
            b.AddHandler<FirstProbingHandler>().AddHandler<SecondProbingHandler>();
        });

        await HandleAsync(host, Hooks.LeadAdded(1));
        await HandleAsync(host, Hooks.LeadAdded(2));

        var seen = host.Process.Get<SeenProbes>().All;
        Assert.Equal(4, seen.Count);
        Assert.Same(seen[0], seen[1]);
        Assert.Same(seen[2], seen[3]);
        Assert.NotSame(seen[0], seen[2]);
        Assert.All(seen, probe => Assert.True(probe.IsDisposed));
    }

    [Fact]
    public async Task An_event_that_comes_twice_is_handled_once()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var message = await QueueAsync(host, Hooks.LeadAdded(1));

        await host.Process.ProcessAsync(QueueNames.Events, message);
        await host.Process.ProcessAsync(QueueNames.Events, message);

        Assert.Single(host.Script.Seen);
    }

    [Fact]
    public async Task A_handler_that_ran_before_a_crash_and_runs_again_stores_its_commands_once()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        host.Script.Do = (_, context, _) =>
        {
            context.Send(NoteOn(1));
            context.Send(NoteOn(2));
            return Task.CompletedTask;
        };
        var message = await QueueAsync(host, Hooks.LeadAdded(1));
        await host.Process.ProcessAsync(QueueNames.Events, message);
        await ForgetEventsAsync(host);

        await host.Process.ProcessAsync(QueueNames.Events, message);

        Assert.Equal(2, host.Script.Seen.Count);
        Assert.Equal(2, (await host.ReadTableAsync(TableNames.Outbox)).Count);
    }

    [Fact]
    public async Task Nothing_is_sent_when_a_later_handler_fails()
    {
        await using var host = await CoreHost.StartAsync(
            azurite, o => o.Handlers = b => b.AddHandler<LeadAddedHandler>().AddHandler<AnyLeadHandler>());
        host.Script.Do = (_, context, _) =>
        {
            context.Send(NoteOn(1));
            return host.Script.Seen.Count == 2 ? throw new InvalidOperationException("no") : Task.CompletedTask;
        };

        await HandleAsync(host, Hooks.LeadAdded(1), attempts: 1);

        Assert.Empty(await host.ReadTableAsync(TableNames.Outbox));
    }

    [Fact]
    public async Task A_handlers_own_error_puts_the_event_back_with_its_history()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        host.Script.Do = (_, _, _) => throw new InvalidOperationException("the first line\nand pages more");

        await HandleAsync(host, Hooks.LeadAdded(1), attempts: 1);

        var history = Assert.Single(await host.TakeEnvelopesAsync(QueueNames.Events)).Failures;
        Assert.Equal((1, 1, "InvalidOperationException: the first line"), (history!.Attempts, history.Errors, history.FirstError));
    }

    [Fact]
    public async Task After_the_allowed_attempts_the_event_is_a_dead_letter_with_its_first_and_last_error()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Settings["Retry:HandlerAttempts"] = "3");
        host.Script.Do = (_, _, _) => throw new InvalidOperationException($"attempt {host.Script.Seen.Count}");

        await HandleAsync(host, Hooks.LeadAdded(1));

        var letter = await host.Process.ReadDeadLetterAsync();
        Assert.Equal(
            (DeadLetterReasons.HandlerFailed, 3, "InvalidOperationException: attempt 1", "InvalidOperationException: attempt 3"),
            (letter.Reason, letter.Attempts, letter.FirstError, letter.LastError));
        Assert.Equal(0, await host.CountAsync(QueueNames.Events));
    }

    [Fact]
    public async Task Trouble_that_passes_is_no_error_of_the_handler()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Settings["Retry:HandlerAttempts"] = "2");
        host.Script.Do = (_, _, _) => host.Script.Seen.Count < 6
            ? throw new KommoServerException(new KommoFailure(HttpMethod.Get, "/api/v4/leads"))
            : Task.CompletedTask;

        await HandleAsync(host, Hooks.LeadAdded(1));

        Assert.Equal(6, host.Script.Seen.Count);
        Assert.Empty(await host.Process.ReadDeadLettersAsync());
    }

    [Fact]
    public async Task A_long_error_beside_a_large_body_still_fits_into_the_queue()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Settings["Retry:HandlerAttempts"] = "2");
        host.Script.Do = (_, _, _) => throw new InvalidOperationException(new string('ä', 20_000));

        await HandleAsync(host, Hooks.LeadAdded(1, new string('x', 40_000)));

        Assert.Equal((DeadLetterReasons.HandlerFailed, 2), ((await host.Process.ReadDeadLetterAsync()).Reason, host.Script.Seen.Count));
    }

    [Fact]
    public async Task An_event_of_an_unknown_account_is_a_dead_letter()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Connected = false);

        await HandleAsync(host, Hooks.LeadAdded(1));

        Assert.Equal(DeadLetterReasons.UnknownAccount, (await host.Process.ReadDeadLetterAsync()).Reason);
    }

    [Fact]
    public async Task An_event_that_nobody_handles_asks_for_nothing()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Connected = false);

        await HandleAsync(host, Hooks.Of("contacts[add][0][id]=1"));

        Assert.Empty(await host.Process.ReadDeadLettersAsync());
        Assert.Equal(0, await host.CountAllAsync());
    }

    [Fact]
    public async Task An_event_of_an_account_that_needs_authorization_waits()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.Get<AccountStore>().SetStateAsync(host.AccountId, AccountState.NeedsAuthorization, CancellationToken.None);

        await HandleAsync(host, Hooks.LeadAdded(1));

        Assert.Equal(1, await host.CountParkedAsync());
        Assert.Empty(host.Script.Seen);
        Assert.Empty(await host.Process.ReadDeadLettersAsync());
    }

    [Fact]
    public async Task Events_wait_from_the_moment_that_kommo_refuses_the_grant()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Settings["Retry:HandlerAttempts"] = "2");
        host.Kommo.RevokeAllTokens();
        host.Script.Do = async (_, context, token) => await context.Kommo.Account.GetAsync(cancellationToken: token);

        await HandleAsync(host, Hooks.LeadAdded(1), attempts: 6);

        Assert.Equal(1, await host.CountParkedAsync());
        Assert.Empty(await host.Process.ReadDeadLettersAsync());
    }

    private static AddNote NoteOn(long leadId) => new(EntityType.Leads, NewNote.Common(leadId, "Hello"));

    private static async Task<BinaryData> QueueAsync(CoreHost host, string hook)
    {
        await host.Process.PostHookAsync(hook);
        await host.Process.PumpAsync(QueueNames.Hooks);
        return await host.TakeOneAsync(QueueNames.Events);
    }

    private static async Task HandleAsync(CoreHost host, string hook, int attempts = 50)
    {
        await host.Process.PostHookAsync(hook);
        await host.Process.PumpAsync(QueueNames.Hooks);
        await host.Process.PumpAsync(QueueNames.Events, attempts);
    }

    private static async Task ForgetEventsAsync(CoreHost host)
    {
        foreach (var row in await host.ReadTableAsync(TableNames.Events))
        {
            await host.Tables.GetTableClient(TableNames.Events).DeleteEntityAsync(row.PartitionKey, row.RowKey);
        }
    }
}
