using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Emulators.Storage;
using KommoFunctions.Messaging;
using KommoFunctions.Outbox;
using KommoFunctions.Tests;
using static KommoFunctions.Core.Tests.Outbox.OutboxScenario;

namespace KommoFunctions.Core.Tests.Outbox;

public sealed class LostAnswerOfStorageTests(AzuriteFixture azurite)
{
    /// <summary>The client repeats the write and is told that somebody changed the row: it was the write itself.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_lane_stays_with_the_pass_that_wrote_its_row_though_the_answer_was_lost(int which)
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Settings["Outbox:BatchSize"] = "2");
        await SendTasksAsync(host, 4);
        var (bell, writes) = (await host.TakeOneAsync(QueueNames.Dispatch), 0);
        using var lost = host.Proxy.Faults.Add(new StorageFault
        {
            Kind = StorageFaultKind.DropResponse,
            Matches = kind => kind is { Service: StorageService.Table, Method: "PUT", Resource: "entity" } or { Service: StorageService.Table, Method: "POST", Resource: "entities" }
                && Interlocked.Increment(ref writes) == which,
        });

        await host.Process.ProcessAsync(QueueNames.Dispatch, bell);

        Assert.True(writes > which);
        Assert.Equal(Texts(4), host.Kommo.Tasks.Select(t => t.Text));
        await using var lane = await host.Process.Get<OutboxStore>().OpenAsync(
            new LaneKey(host.AccountId, TaskLane.LaneName), TimeSpan.FromSeconds(45), CancellationToken.None);
        lane.RequireFree();
        Assert.Equal(0, await host.CountAllAsync());
    }
}
