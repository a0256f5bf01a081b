using Kommo;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.DeadLetters;
using KommoFunctions.Emulators.Storage;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Outbox;
using KommoFunctions.Storage;
using KommoFunctions.Tests;

namespace KommoFunctions.Core.Tests.DeadLetters;

public sealed class DeadLetterTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task What_is_discarded_is_gone()
    {
        await using var host = await FailAsync();
        var id = (await host.Process.ReadDeadLetterAsync()).Id;
        var endpoints = host.Process.Get<DeadLetterEndpoints>();

        Assert.Equal(200, (await endpoints.DiscardAsync(host.AccountId, id)).StatusCode);
        Assert.Equal(404, (await endpoints.DiscardAsync(host.AccountId, id)).StatusCode);
        Assert.Empty(await host.Process.ReadDeadLettersAsync());
    }

    [Fact]
    public async Task What_is_not_there_cannot_be_replayed()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Connected = false);

        Assert.Equal(404, (await host.Process.Get<DeadLetterEndpoints>().ReplayAsync(1, "x")).StatusCode);
    }

    [Fact]
    public async Task A_replayed_message_that_succeeds_disappears()
    {
        await using var host = await FailAsync();
        host.Script.Do = (_, _, _) => Task.CompletedTask;

        await ReplayAsync(host);

        Assert.Empty(await host.Process.ReadDeadLettersAsync());
        Assert.Equal(2, host.Script.Seen.Count);
    }

    [Fact]
    public async Task A_replayed_message_stays_until_it_is_done()
    {
        await using var host = await FailAsync();
        var letter = await host.Process.ReadDeadLetterAsync();

        await host.Process.Get<DeadLetterEndpoints>().ReplayAsync(host.AccountId, letter.Id);

        Assert.Equal(letter.Id, (await host.Process.ReadDeadLetterAsync()).Id);
    }

    [Fact]
    public async Task A_replayed_message_that_fails_again_keeps_its_id_and_its_first_error_and_is_counted()
    {
        await using var host = await FailAsync();
        var before = await host.Process.ReadDeadLetterAsync();
        host.Script.Do = (_, _, _) => throw new InvalidOperationException("still broken");

        await ReplayAsync(host);
        await ReplayAsync(host);

        var after = await host.Process.ReadDeadLetterAsync();
        Assert.Equal((before.Id, before.FirstError, "InvalidOperationException: still broken"), (after.Id, after.FirstError, after.LastError));
        Assert.Equal((2, 3), (after.Replays, after.Attempts));
    }

    [Fact]
    public async Task A_large_message_is_kept_in_a_blob_which_goes_with_it()
    {
        await using var host = await FailAsync(new string('n', 35_000));
        var container = host.Blobs.GetBlobContainerClient(ContainerNames.DeadLetters);
        var letter = await host.Process.ReadDeadLetterAsync();

        Assert.Contains(new string('n', 35_000), letter.Message.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync(container));
        await host.Process.Get<DeadLetterEndpoints>().DiscardAsync(host.AccountId, letter.Id);
        Assert.Equal(0, await CountAsync(container));
    }

    [Fact]
    public async Task A_refused_command_that_is_replayed_and_refused_again_keeps_its_history()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await RefuseAsync(host);
        var before = await host.Process.ReadDeadLetterAsync();

        await ReplayAsync(host);
        await ReplayAsync(host);

        var after = await host.Process.ReadDeadLetterAsync();
        Assert.Equal((before.Id, before.FirstError, before.ReceivedAt), (after.Id, after.FirstError, after.ReceivedAt));
        Assert.Equal((2, 3, 3), (after.Replays, after.Attempts, after.Deaths.Count));
    }

    [Fact]
    public async Task A_message_that_dies_again_and_again_tells_when_and_why_each_time()
    {
        await using var host = await FailAsync();
        host.Script.Do = (_, _, _) => throw new InvalidOperationException("still broken");

        await ReplayAsync(host);

        var letter = await host.Process.ReadDeadLetterAsync();
        Assert.Equal(["InvalidOperationException: broken", "InvalidOperationException: still broken"], letter.Deaths.Select(death => death.Error));
        Assert.Equal(letter.DiedAt, letter.Deaths[^1].At);
    }

    [Fact]
    public async Task Of_very_many_deaths_the_first_and_the_latest_are_kept()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Connected = false);
        var store = host.Process.Get<DeadLetterStore>();
        foreach (var number in Enumerable.Range(1, 30))
        {
            await store.AddAsync(Letter(new string('e', 5_000) + number, DateTimeOffset.UnixEpoch.AddHours(number)), CancellationToken.None);
        }

        var deaths = (await host.Process.ReadDeadLetterAsync()).Deaths;

        Assert.Equal(20, deaths.Count);
        Assert.Equal((1, 30), (deaths[0].At.Hour, (int)(deaths[^1].At - DateTimeOffset.UnixEpoch).TotalHours));
    }

    [Fact]
    public async Task Two_that_keep_the_same_item_at_once_lose_nothing()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Connected = false);
        var store = host.Process.Get<DeadLetterStore>();

        await Task.WhenAll(Enumerable.Range(1, 8).Select(n => store.AddAsync(Letter($"error {n}", DateTimeOffset.UnixEpoch), CancellationToken.None)));

        var letter = await host.Process.ReadDeadLetterAsync();
        Assert.Equal((8, 8), (letter.Attempts, letter.Deaths.Count));
    }

    [Fact]
    public async Task A_poison_message_becomes_a_dead_letter_that_can_be_replayed()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.PostHookAsync(Hooks.LeadAdded(1));
        await host.Process.PumpAsync(QueueNames.Hooks);
        await host.Process.Get<PoisonCollector>().CollectAsync(QueueNames.Events, await host.TakeOneAsync(QueueNames.Events));
        Assert.Equal(DeadLetterReasons.Poison, (await host.Process.ReadDeadLetterAsync()).Reason);

        await ReplayAsync(host);

        Assert.Single(host.Script.Seen);
        Assert.Empty(await host.Process.ReadDeadLettersAsync());
    }

    [Fact]
    public async Task A_poison_message_that_is_not_readable_is_kept_as_it_is()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Connected = false);
        byte[] message = [0xFF, 0xFE, 0x00];

        await host.Process.Get<PoisonCollector>().CollectAsync(QueueNames.Hooks, new BinaryData(message));

        var letter = await host.Process.ReadDeadLetterAsync();
        Assert.Equal((DeadLetterReasons.Poison, 0), (letter.Reason, letter.AccountId));
        Assert.Equal(message, letter.Message.ToArray());
    }

    [Fact]
    public async Task A_poison_message_that_is_collected_twice_is_one_dead_letter()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Connected = false);
        var collector = host.Process.Get<PoisonCollector>();

        await collector.CollectAsync(QueueNames.Hooks, BinaryData.FromString("x"));
        await collector.CollectAsync(QueueNames.Hooks, BinaryData.FromString("x"));

        Assert.Single(await host.Process.ReadDeadLettersAsync());
    }

    [Fact]
    public async Task A_refused_command_that_is_replayed_after_its_cause_is_gone_is_sent()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var lead = await RefuseAsync(host);
        Assert.Equal(lead, Assert.Single(host.Kommo.CreateLeads(1)));

        await ReplayAsync(host);

        Assert.Equal(lead, Assert.Single(host.Kommo.Tasks).EntityId);
        Assert.Empty(await host.Process.ReadDeadLettersAsync());
    }

    [Fact]
    public async Task A_replayed_command_that_is_refused_again_before_the_replay_ends_is_not_lost()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await RefuseAsync(host);
        var letter = await host.Process.ReadDeadLetterAsync();
        using var stall = host.Proxy.Faults.Add(new StorageFault
        {
            Kind = StorageFaultKind.Stall,
            Times = 1,
            Matches = kind => kind is { Service: StorageService.Table, Method: "DELETE" },
        });
        var replay = host.Process.Get<DeadLetterReplay>().ReplayAsync(host.AccountId, letter.Id);
        await Eventually.HoldsAsync(async () => await host.Process.PumpAsync(QueueNames.Dispatch) > 0);

        stall.Dispose();
        await replay;

        Assert.Equal(letter.Id, (await host.Process.ReadDeadLetterAsync()).Id);
    }

    private static DeadLetter Letter(string error, DateTimeOffset diedAt) => SampleDeadLetter.Of(1, "1") with
    {
        Reason = DeadLetterReasons.Unreadable,
        FirstError = error,
        LastError = error,
        DiedAt = diedAt,
    };

    /// <summary>An event whose handler fails for good.</summary>
    private async Task<CoreHost> FailAsync(string name = "Somebody")
    {
        var host = await CoreHost.StartAsync(azurite, o => o.Settings["Retry:HandlerAttempts"] = "1");
        host.Script.Do = (_, _, _) => throw new InvalidOperationException("broken");
        await host.Process.PostHookAsync(Hooks.LeadAdded(1, name));
        await host.Process.SettleAsync();
        return host;
    }

    /// <summary>A command that Kommo refuses, since its lead, the returned one, comes only later.</summary>
    private static async Task<long> RefuseAsync(CoreHost host)
    {
        var lead = host.Kommo.CreateLeads(1)[0] + 1;
        await host.Process.SendAsync(new CreateTask(new NewTask
        {
            Text = "Call",
            CompleteTill = DateTimeOffset.FromUnixTimeSeconds(2_000_000_000),
            EntityType = EntityType.Leads,
            EntityId = lead,
        }));
        await host.Process.SettleAsync();
        Assert.Equal(DeadLetterReasons.Refused, (await host.Process.ReadDeadLetterAsync()).Reason);
        return lead;
    }

    private static async Task ReplayAsync(CoreHost host)
    {
        var id = (await host.Process.ReadDeadLetterAsync()).Id;
        Assert.Equal(202, (await host.Process.Get<DeadLetterEndpoints>().ReplayAsync(host.AccountId, id)).StatusCode);
        await host.Process.SettleAsync();
    }

    private static async Task<int> CountAsync(Azure.Storage.Blobs.BlobContainerClient container)
    {
        var count = 0;
        await foreach (var _ in container.GetBlobsAsync())
        {
            count++;
        }

        return count;
    }
}
