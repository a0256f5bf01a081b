using Kommo;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.DeadLetters;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Outbox;
using KommoFunctions.Tests;

namespace KommoFunctions.Core.Tests.Outbox;

/// <summary>A bell is never lost: without it commands would wait for ever.</summary>
public sealed class BellTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_bell_that_brought_the_dispatcher_down_comes_again_and_begins_anew()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var lead = host.Kommo.CreateLeads(1)[0];
        await host.Process.SendAsync(new AddNote(EntityType.Leads, NewNote.Common(lead, "Hello")));
        await host.Process.Get<PoisonCollector>().CollectAsync(QueueNames.Dispatch, await host.TakeOneAsync(QueueNames.Dispatch));

        Assert.Empty(await host.Process.ReadDeadLettersAsync());
        Assert.Equal((1, 0), (await host.CountAsync(QueueNames.Dispatch), (await host.TakeEnvelopesAsync(QueueNames.Dispatch)).Count));
    }

    [Fact]
    public async Task A_lane_of_a_later_version_does_not_keep_the_others_from_being_tried_again()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await OutboxScenario.SendTasksAsync(host, 1);
        var bell = Envelope.Parse(await host.TakeOneAsync(QueueNames.Dispatch));
        bell = bell with { Content = Content.FromText($"later.lane {bell.Content.Value}") };
        await using (var other = await host.Process.Get<OutboxStore>().OpenAsync(
            new LaneKey(host.AccountId, TaskLane.LaneName), TimeSpan.FromSeconds(45), CancellationToken.None))
        {
            await other.WriteAsync(new LaneState(), CancellationToken.None);
            await host.Process.ProcessAsync(QueueNames.Dispatch, bell.ToBinaryData());
            Assert.Equal((1, 0), (await host.CountAsync(QueueNames.Dispatch), (await host.Process.ReadDeadLettersAsync()).Count));
        }

        await host.Process.ProcessAsync(QueueNames.Dispatch, bell.ToBinaryData());

        Assert.Single(host.Kommo.Tasks);
        Assert.Equal(DeadLetterReasons.Unreadable, (await host.Process.ReadDeadLetterAsync()).Reason);
    }
}
