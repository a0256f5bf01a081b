using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.DeadLetters;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Tests;

namespace KommoFunctions.Core.Tests.DeadLetters;

/// <summary>Every queue × every operation on dead letters: what holds for a queue holds for the busy one beside it. A new queue gets here by itself.</summary>
public sealed class QueueContractTests(AzuriteFixture azurite)
{
    public static TheoryData<string> Queues() => [.. QueueNames.All];

    /// <summary>Those whose messages are kept: a bell says only where to look.</summary>
    public static TheoryData<string> KeptQueues() => [.. WorkQueue.All.Where(queue => queue.Stage != WorkStage.Dispatch).Select(queue => queue.Name)];

    [Theory]
    [MemberData(nameof(Queues))]
    public async Task An_unreadable_message_is_adopted_by_its_account_and_gets_the_id_of_its_stage(string queue)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var desk = new LetterDesk(host.Process);
        await host.Process.ProcessAsync(queue, BinaryData.FromString("no envelope"));

        var adopted = await desk.EditAsync(await desk.FindAsync(DeadLetterReasons.Unreadable), BodyOf(queue), host.AccountId);

        Assert.Equal(KindOf(queue), adopted.GetProperty("subject").GetProperty("kind").GetString());
        Assert.Equal((host.AccountId, queue), (adopted.GetProperty("accountId").GetInt64(), adopted.GetProperty("source").GetString()));
        Assert.Equal(202, (await desk.TryReplayAsync(adopted)).StatusCode);
        var message = Assert.Single(await host.TakeEnvelopesAsync(queue));
        Assert.Equal((host.AccountId, BodyOf(queue)), (message.AccountId, message.Content.Value));
        if (WorkQueue.Of(queue).Stage == WorkStage.Events)
        {
            // An event's id follows from its content, so that one that was handled before is known again.
            await host.Process.PostHookAsync(Hooks.LeadAdded(5));
            await host.Process.PumpAsync(QueueNames.Hooks);
            Assert.Equal(Assert.Single(await host.TakeEnvelopesAsync(QueueNames.Events)).Id, message.Id);
        }
    }

    [Theory]
    [MemberData(nameof(Queues))]
    public async Task A_body_with_two_events_is_taken_for_a_hook_only(string queue)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var desk = new LetterDesk(host.Process);
        await host.Process.ProcessAsync(queue, BinaryData.FromString("no envelope"));

        var answer = await desk.TryEditAsync(await desk.FindAsync(DeadLetterReasons.Unreadable), Hooks.Leads(2), host.AccountId);

        Assert.Equal(WorkQueue.Of(queue).Stage == WorkStage.Hooks ? 200 : 422, answer.StatusCode);
    }

    [Theory]
    [MemberData(nameof(KeptQueues))]
    public async Task A_message_that_crashed_its_function_is_kept_with_its_attempts_edited_undone_and_replayed(string queue)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var desk = new LetterDesk(host.Process);
        await host.Process.Get<PoisonCollector>().CollectAsync(queue, Message(host, queue).ToBinaryData());

        var letter = await desk.FindAsync(DeadLetterReasons.Poison);
        Assert.Equal(QueueNames.MaxDequeueCount, letter.GetProperty("attempts").GetInt32());
        var edited = await desk.EditAsync(letter, BodyOf(queue));
        Assert.Equal(1, edited.GetProperty("edits").GetInt32());
        Assert.Equal(200, (await desk.TryUndoAsync(edited)).StatusCode);
        Assert.Equal(202, (await desk.TryReplayAsync(letter)).StatusCode);
        Assert.Single(await host.TakeEnvelopesAsync(queue));
    }

    [Theory]
    [MemberData(nameof(KeptQueues))]
    public async Task What_cannot_be_kept_now_goes_back_into_the_poison_queue(string queue)
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Settings["Retry:FirstDelay"] = "00:00:00.100");
        var message = Message(host, queue).ToBinaryData();
        host.Proxy.Faults.Add(new Emulators.Storage.StorageFault
        {
            Kind = Emulators.Storage.StorageFaultKind.ServerBusy,
            Matches = kind => kind.Service == Emulators.Storage.StorageService.Table,
        });

        await host.Process.Get<PoisonCollector>().CollectAsync(queue, message);

        Assert.Equal(1, await host.CountAsync(QueueNames.Poison(queue)));
        host.Proxy.Faults.Clear();
        Assert.Empty(await host.Process.ReadDeadLettersAsync());
    }

    [Theory]
    [MemberData(nameof(KeptQueues))]
    public async Task A_process_that_dies_at_the_last_delivery_leaves_another_one(string queue)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var message = Message(host, queue).ToBinaryData();
        using var died = new CancellationTokenSource();
        host.Proxy.Faults.Add(new Emulators.Storage.StorageFault
        {
            Kind = Emulators.Storage.StorageFaultKind.Stall,
            Matches = kind => kind.Service == Emulators.Storage.StorageService.Table,
        });
        var collecting = host.Process.Get<PoisonCollector>().CollectAsync(queue, message, QueueNames.MaxDequeueCount, died.Token);
        await Eventually.HoldsAsync(async () => await host.CountAsync(QueueNames.Poison(queue)) == 1);

        await died.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => collecting);
        host.Proxy.Faults.Clear();

        Assert.Empty(await host.Process.ReadDeadLettersAsync());
        Assert.Equal(1, await host.CountAsync(QueueNames.Poison(queue)));
    }

    [Theory]
    [MemberData(nameof(KeptQueues))]
    public async Task What_is_delivered_for_the_last_time_and_kept_is_one_dead_letter(string queue)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var message = Message(host, queue).ToBinaryData();

        await host.Process.Get<PoisonCollector>().CollectAsync(queue, message, QueueNames.MaxDequeueCount);
        await host.Process.Get<PoisonCollector>().CollectAsync(queue, message);

        Assert.Single(await host.Process.ReadDeadLettersAsync());
    }

    [Theory]
    [MemberData(nameof(KeptQueues))]
    public async Task Names_of_any_length_are_kept(string queue)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var body = $"{new string('x', 30_000)}[add][0][id]=1&account[id]={host.AccountId}";
        var message = Message(host, queue) with { Content = await host.Process.Get<ContentCodec>().PackAsync(System.Text.Encoding.UTF8.GetBytes(body), "long", CancellationToken.None) };

        await host.Process.Get<PoisonCollector>().CollectAsync(queue, message.ToBinaryData());

        Assert.Equal(0, await host.CountAsync(QueueNames.Poison(queue)));
        Assert.Equal(DeadLetterReasons.Poison, (await host.Process.ReadDeadLetterAsync()).Reason);
    }

    private static Envelope Message(CoreHost host, string queue) => new()
    {
        Id = "m1",
        AccountId = host.AccountId,
        ReceivedAt = TimeProvider.System.GetUtcNow(),
        Content = Content.FromText(BodyOf(queue)),
    };

    private static string BodyOf(string queue) => WorkQueue.Of(queue).Stage == WorkStage.Dispatch ? "tasks.create" : Hooks.LeadAdded(5);

    private static string KindOf(string queue) => WorkQueue.Of(queue).Stage switch
    {
        WorkStage.Hooks => "hook",
        WorkStage.Events => "event",
        _ => "bell",
    };
}
