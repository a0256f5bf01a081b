using System.Text;
using Kommo;
using KommoFunctions.Accounts;
using KommoFunctions.Chats;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.DeadLetters;
using KommoFunctions.Failures;
using KommoFunctions.Handling;
using KommoFunctions.Intake;
using KommoFunctions.Messaging;
using KommoFunctions.Outbox;
using KommoFunctions.Salesbot;
using KommoFunctions.Tests;
using KommoFunctions.Uninstalling;

namespace KommoFunctions.Core.Tests.DeadLetters;

/// <summary>Of each kind of failure: an operator finds the item with its reason, removes the cause, replays it, and sees it done.</summary>
public sealed class ReasonTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_hook_that_is_not_readable_is_done_once_it_is_given_a_body_and_an_account()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.ProcessAsync(QueueNames.Hooks, BinaryData.FromString("no envelope"));
        var desk = new LetterDesk(host.Process);

        var letter = await desk.FindAsync(DeadLetterReasons.Unreadable);
        Assert.Equal((0, "no envelope"), (letter.GetProperty("accountId").GetInt64(), LetterDesk.TextOf(letter)));
        await desk.ReplayAsync(await desk.EditAsync(letter, Hooks.LeadAdded(5), host.AccountId));

        await AssertDoneAsync(host, leads: 5);
    }

    [Fact]
    public async Task An_event_that_is_not_readable_is_done_once_it_is_given_a_body_and_an_account()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.ProcessAsync(QueueNames.Events, BinaryData.FromString("no envelope"));
        var desk = new LetterDesk(host.Process);

        var letter = await desk.FindAsync(DeadLetterReasons.Unreadable);
        await desk.ReplayAsync(await desk.EditAsync(letter, Hooks.LeadAdded(5), host.AccountId));

        await AssertDoneAsync(host, leads: 5);
    }

    [Fact]
    public async Task A_bell_that_is_not_readable_rings_once_it_is_given_its_lanes_and_an_account()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var lead = host.Kommo.CreateLeads(1)[0];
        await host.Process.SendAsync(new AddNote(EntityType.Leads, NewNote.Common(lead, "Hello")));
        await host.TakeAllAsync(QueueNames.Dispatch);
        await host.Process.ProcessAsync(QueueNames.Dispatch, BinaryData.FromString("no envelope"));
        var desk = new LetterDesk(host.Process);

        var letter = await desk.FindAsync(DeadLetterReasons.Unreadable);
        await desk.ReplayAsync(await desk.EditAsync(letter, "leads.notes.create", host.AccountId));

        Assert.Equal(lead, Assert.Single(host.Kommo.Notes).EntityId);
        Assert.Empty(await desk.ListAsync());
    }

    [Fact]
    public async Task A_message_of_a_later_version_is_done_once_a_version_that_reads_it_replays_it()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var now = TimeProvider.System.GetUtcNow();
        var later = new Envelope { Version = 9, Id = "h1", AccountId = host.AccountId, ReceivedAt = now, Content = Content.FromText(Hooks.LeadAdded(5)) };
        await host.Process.ProcessAsync(QueueNames.Hooks, later.ToBinaryData());
        var desk = new LetterDesk(host.Process);
        var letter = await desk.FindAsync(DeadLetterReasons.Unreadable);
        var refusal = await desk.TryReplayAsync(letter);
        Assert.Equal(409, refusal.StatusCode);
        Assert.Contains("Deploy the version that wrote it", LetterDesk.DetailOf(refusal), StringComparison.Ordinal);

        // What the other version would read is what this one reads of its own layout.
        var stored = await host.Process.ReadDeadLetterAsync();
        await host.Process.Get<DeadLetterStore>().EditAsync(
            stored, (later with { Version = Envelope.CurrentVersion }).ToBinaryData(), null, now, CancellationToken.None);
        await desk.ReplayAsync(letter);

        await AssertDoneAsync(host, leads: 5);
    }

    [Fact]
    public async Task A_message_whose_body_is_gone_is_done_once_it_is_given_another()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.PutAsync(QueueNames.Hooks, new Envelope
        {
            Id = "h1",
            AccountId = host.AccountId,
            ReceivedAt = TimeProvider.System.GetUtcNow(),
            Content = new Content(ContentEncoding.Blob, "2026/01/01/gone"),
        }.ToBinaryData().ToString());
        await host.Process.SettleAsync();
        var desk = new LetterDesk(host.Process);

        var letter = await desk.FindAsync(DeadLetterReasons.Unreadable);
        Assert.Contains("is gone", letter.GetProperty("body").GetProperty("problem").GetString(), StringComparison.Ordinal);
        await desk.ReplayAsync(await desk.EditAsync(letter, Hooks.LeadAdded(5)));

        await AssertDoneAsync(host, leads: 5);
    }

    [Fact]
    public async Task What_is_no_hook_is_done_once_its_body_is_corrected()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.PostHookAsync("leads is what this should be about");
        await host.Process.SettleAsync();
        var desk = new LetterDesk(host.Process);

        var letter = await desk.FindAsync(DeadLetterReasons.NotAHook);
        Assert.Equal("leads is what this should be about", LetterDesk.TextOf(letter));
        await desk.ReplayAsync(await desk.EditAsync(letter, Hooks.LeadAdded(5)));

        await AssertDoneAsync(host, leads: 5);
    }

    [Fact]
    public async Task A_hook_of_another_account_is_done_once_its_account_is_corrected()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.PostHookAsync(Hooks.OfAccount(17));
        await host.Process.SettleAsync();
        var desk = new LetterDesk(host.Process);

        var letter = await desk.FindAsync(DeadLetterReasons.AccountMismatch);
        var refusal = await desk.TryEditAsync(letter, LetterDesk.TextOf(letter));
        Assert.Equal((422, $"The body should be of account {host.AccountId}; this one is of account 17."), (refusal.StatusCode, LetterDesk.DetailOf(refusal)));
        await desk.ReplayAsync(await desk.EditAsync(
            letter, LetterDesk.TextOf(letter).Replace("=17", $"={host.AccountId}", StringComparison.Ordinal)));

        await AssertDoneAsync(host, leads: 1);
    }

    [Fact]
    public async Task An_event_of_an_account_that_is_not_connected_is_done_once_it_is()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Connected = false);
        await host.Process.PostHookAsync(Hooks.LeadAdded(5));
        await host.Process.SettleAsync();
        var desk = new LetterDesk(host.Process);

        var letter = await desk.FindAsync(DeadLetterReasons.UnknownAccount);
        await host.ConnectAsync();
        await desk.ReplayAsync(letter);

        await AssertDoneAsync(host, leads: 5);
    }

    [Fact]
    public async Task An_event_of_an_account_that_removed_the_integration_is_done_once_it_is_connected_again()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.Get<AccountRemoval>().MarkAsync((await host.ReadAccountAsync())!, CancellationToken.None);
        await host.Process.PostHookAsync(Hooks.LeadAdded(5));
        await host.Process.SettleAsync();
        var desk = new LetterDesk(host.Process);

        var letter = await desk.FindAsync(DeadLetterReasons.AccountRemoved);
        await host.ConnectAsync();
        await desk.ReplayAsync(letter);

        await AssertDoneAsync(host, leads: 5);
    }

    [Fact]
    public async Task A_command_of_an_account_that_removed_the_integration_is_sent_once_it_is_connected_again()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var lead = host.Kommo.CreateLeads(1)[0];
        await host.Process.SendAsync(new AddNote(EntityType.Leads, NewNote.Common(lead, "Hello")));
        await host.Process.Get<AccountRemoval>().MarkAsync((await host.ReadAccountAsync())!, CancellationToken.None);
        await host.Process.SettleAsync();
        var desk = new LetterDesk(host.Process);

        var letter = await desk.FindAsync(DeadLetterReasons.AccountRemoved);
        await host.ConnectAsync();
        await desk.ReplayAsync(letter);

        Assert.Equal(lead, Assert.Single(host.Kommo.Notes).EntityId);
        Assert.Empty(await desk.ListAsync());
    }

    [Fact]
    public async Task A_request_of_a_bot_without_a_handler_is_done_once_one_is_registered()
    {
        CoreHostOptions? options = null;
        await using var host = await CoreHost.StartAsync(azurite, o => options = o);
        var token = Signed.Jwt(Signed.Claims(host.AccountId, TimeProvider.System.GetUtcNow()));
        var request = $$"""{"token":"{{token}}","data":1,"return_url":"https://example.kommo.com/api/v4/salesbot/321/continue/654"}""";
        await host.Process.Get<SalesbotIntake>().ReceiveAsync(new MemoryStream(Encoding.UTF8.GetBytes(request)), null);
        await host.Process.SettleAsync();
        var letter = await new LetterDesk(host.Process).FindAsync(DeadLetterReasons.NoHandler);
        Assert.Equal(("salesbot", "leads", "77"), (
            letter.GetProperty("subject").GetProperty("kind").GetString(),
            letter.GetProperty("subject").GetProperty("entity").GetString(),
            letter.GetProperty("subject").GetProperty("entityId").GetString()));

        options!.Handlers = builder => builder.AddSalesbotHandler<Bot>();
        var deployed = host.StartProcess();
        await new LetterDesk(deployed).ReplayAsync(letter);

        Assert.Single(deployed.Script.Requests);
        Assert.Empty(await new LetterDesk(deployed).ListAsync());
    }

    [Fact]
    public async Task An_event_whose_handler_failed_is_done_once_the_handler_is_mended()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Settings["Retry:HandlerAttempts"] = "2");
        host.Script.Do = (_, _, _) => throw new InvalidOperationException("broken");
        await host.Process.PostHookAsync(Hooks.LeadAdded(5));
        await host.Process.SettleAsync();
        var desk = new LetterDesk(host.Process);

        var letter = await desk.FindAsync(DeadLetterReasons.HandlerFailed);
        Assert.Equal((2, "InvalidOperationException: broken"), (letter.GetProperty("attempts").GetInt32(), letter.GetProperty("lastError").GetString()));
        host.Script.Do = (_, _, _) => Task.CompletedTask;
        await desk.ReplayAsync(letter);

        Assert.Equal(3, host.Script.Seen.Count);
        Assert.Empty(await desk.ListAsync());
    }

    [Fact]
    public async Task A_command_that_Kommo_refused_is_sent_once_it_is_corrected()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var lead = host.Kommo.CreateLeads(1)[0];
        await host.Process.SendAsync(new CreateTask(new NewTask
        {
            Text = "Call",
            CompleteTill = DateTimeOffset.FromUnixTimeSeconds(2_000_000_000),
            EntityType = EntityType.Leads,
            EntityId = lead + 1,
        }));
        await host.Process.SettleAsync();
        var desk = new LetterDesk(host.Process);

        var letter = await desk.FindAsync(DeadLetterReasons.Refused);
        Assert.Equal($"{lead + 1}", letter.GetProperty("subject").GetProperty("entityId").GetString());
        await desk.ReplayAsync(await desk.EditAsync(
            letter, LetterDesk.TextOf(letter).Replace($"{lead + 1}", $"{lead}", StringComparison.Ordinal)));

        Assert.Equal(lead, Assert.Single(host.Kommo.Tasks).EntityId);
        Assert.Empty(await desk.ListAsync());
    }

    [Fact]
    public async Task An_event_that_was_given_up_is_done_once_Kommo_is_back()
    {
        var time = new ShiftedTime();
        await using var host = await CoreHost.StartAsync(azurite, o =>
        {
            o.Time = time;
            o.Settings["Retry:GiveUpAfter"] = "00:01:00";
        });
        var away = true;
        host.Script.Do = (_, _, _) => away ? throw new HttpRequestException("Kommo is away.") : Task.CompletedTask;
        await host.Process.PostHookAsync(Hooks.LeadAdded(5));
        await host.Process.PumpAsync(QueueNames.Hooks);
        await host.Process.PumpAsync(QueueNames.Events, 1);
        time.Advance(TimeSpan.FromMinutes(2));
        await host.Process.SettleAsync();
        var desk = new LetterDesk(host.Process);

        var letter = await desk.FindAsync(DeadLetterReasons.GaveUp);
        away = false;
        await desk.ReplayAsync(letter);

        Assert.Equal(5, host.Script.Seen[^1].Event.EntityId);
        Assert.Empty(await desk.ListAsync());
    }

    [Fact]
    public async Task An_event_that_brought_its_function_down_is_done_once_it_does_not()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.PostHookAsync(Hooks.LeadAdded(5));
        await host.Process.PumpAsync(QueueNames.Hooks);
        await host.Process.Get<PoisonCollector>().CollectAsync(QueueNames.Events, await host.TakeOneAsync(QueueNames.Events));
        var desk = new LetterDesk(host.Process);

        var letter = await desk.FindAsync(DeadLetterReasons.Poison);
        Assert.Equal(("event", "leads", "add", "5"), (
            letter.GetProperty("subject").GetProperty("kind").GetString(),
            letter.GetProperty("subject").GetProperty("entity").GetString(),
            letter.GetProperty("subject").GetProperty("action").GetString(),
            letter.GetProperty("subject").GetProperty("entityId").GetString()));
        await desk.ReplayAsync(letter);

        await AssertDoneAsync(host, leads: 5);
    }

    [Fact]
    public async Task A_hook_that_brought_its_function_down_is_kept_unread_and_done_once_it_is_given_another_body()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.PostHookAsync(Hooks.LeadAdded(4));
        await host.Process.Get<PoisonCollector>().CollectAsync(QueueNames.Hooks, await host.TakeOneAsync(QueueNames.Hooks));
        var desk = new LetterDesk(host.Process);

        var letter = await desk.FindAsync(DeadLetterReasons.Poison);
        Assert.False(letter.GetProperty("subject").TryGetProperty("entity", out _));
        await desk.ReplayAsync(await desk.EditAsync(letter, Hooks.LeadAdded(5)));

        await AssertDoneAsync(host, leads: 5);
    }

    [Fact]
    public async Task An_event_that_was_handled_before_its_function_went_down_is_not_handled_again()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.PostHookAsync(Hooks.LeadAdded(5));
        await host.Process.PumpAsync(QueueNames.Hooks);
        var message = await host.TakeOneAsync(QueueNames.Events);
        await host.Process.ProcessAsync(QueueNames.Events, message);
        await host.Process.Get<PoisonCollector>().CollectAsync(QueueNames.Events, message);
        var desk = new LetterDesk(host.Process);

        await desk.ReplayAsync(await desk.FindAsync(DeadLetterReasons.Poison));

        await AssertDoneAsync(host, leads: 5);
    }

    [Fact]
    public async Task A_chats_hook_of_an_unknown_account_is_done_once_the_account_is_known()
    {
        await using var host = await CoreHost.StartAsync(azurite, o =>
        {
            o.Connected = false;
            o.Handlers = builder => builder.AddChatHandler<Chat>();
        });
        await host.Process.Vault.SetSecretAsync(ChatSecret.Name, Signed.ChannelSecret);
        var body = Encoding.UTF8.GetBytes($$"""{"account_id":"{{Chat.Account}}","message":{"message":{"text":"Hello"} } }""");
        await host.Process.Get<ChatIntake>().ReceiveAsync("scope", Signed.Chat(body), new MemoryStream(body), body.Length);
        await host.Process.SettleAsync();
        var desk = new LetterDesk(host.Process);

        var letter = await desk.FindAsync(DeadLetterReasons.UnknownAccount);
        Assert.Equal("chat", letter.GetProperty("subject").GetProperty("kind").GetString());
        await host.ConnectAsync();
        await host.Process.Get<AccountStore>().SetAmojoIdAsync(host.AccountId, Chat.Account, CancellationToken.None);
        await desk.ReplayAsync(letter);

        Assert.Single(host.Script.Requests);
        Assert.Empty(await desk.ListAsync());
    }

    /// <summary>Each of these leads was handled once, and nothing is left.</summary>
    private static async Task AssertDoneAsync(CoreHost host, params long[] leads)
    {
        Assert.Equal(leads, host.Script.Seen.Select(seen => seen.Event.EntityId!.Value));
        Assert.Empty(await new LetterDesk(host.Process).ListAsync());
        Assert.Equal(0, await host.CountAllAsync());
    }

    private sealed class Bot(HandlerScript script) : ISalesbotHandler
    {
        public Task HandleAsync(SalesbotRequest request, EventContext context, CancellationToken cancellationToken)
        {
            script.Requests.Enqueue(request);
            return Task.CompletedTask;
        }
    }

    private sealed class Chat(HandlerScript script) : IChatHandler
    {
        public const string Account = "00000000-0000-4000-8000-0000000000c1";

        public Task HandleAsync(ChatHook hook, EventContext context, CancellationToken cancellationToken)
        {
            script.Requests.Enqueue(hook);
            return Task.CompletedTask;
        }
    }
}
