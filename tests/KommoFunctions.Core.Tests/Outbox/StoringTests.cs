using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Emulators.Storage;
using KommoFunctions.Messaging;
using KommoFunctions.Outbox;
using KommoFunctions.Storage;
using KommoFunctions.Tests;
using static KommoFunctions.Core.Tests.Outbox.OutboxScenario;

namespace KommoFunctions.Core.Tests.Outbox;

public sealed class StoringTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Of_many_commands_those_that_are_there_already_stay_as_they_are()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var (store, lane) = (host.Process.Get<OutboxStore>(), new LaneKey(host.AccountId, TaskLane.LaneName));
        await store.AddAsync(lane, Command(70, "first"), CancellationToken.None);

        await store.AddAsync(lane, [.. Enumerable.Range(0, 120).Select(number => Command(number, "second")), Command(3, "third")], CancellationToken.None);

        var rows = (await host.ReadTableAsync(TableNames.Outbox)).Where(row => char.IsAsciiDigit(row.RowKey[0])).ToDictionary(row => row.RowKey, row => row.GetString("Json"));
        Assert.Equal(120, rows.Count);
        Assert.Equal(["first"], rows.Values.Where(json => json != "second"));
    }

    [Fact]
    public async Task Events_that_are_handled_side_by_side_share_requests_to_storage_and_a_bell()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Settings["FollowUp:TaskText"] = "Call");
        host.Script.Do = (e, context, _) =>
        {
            context.Send(TaskOn(e.EntityId!.Value, "Call"));
            return Task.CompletedTask;
        };
        await host.Process.PostHookAsync(Hooks.Leads(50));
        await host.Process.PumpAsync(QueueNames.Hooks);
        var events = await host.TakeAllAsync(QueueNames.Events);
        var before = Puts(host);

        await Task.WhenAll(events.Select(e => host.Process.ProcessAsync(QueueNames.Events, e)));

        Assert.Equal(50, (await CommandsAsync(host)).Count);
        Assert.InRange(await host.CountAsync(QueueNames.Dispatch), 1, 40);
        Assert.InRange(Puts(host) - before, 1, 40);
    }

    /// <summary>Messages put into queues.</summary>
    private static long Puts(CoreHost host) => host.Proxy.Statistics.Count(kind => kind is { Service: StorageService.Queue, Method: "POST" });

    private static PendingCommand Command(int number, string json) => new($"{number:D19}-event-000", json, DateTimeOffset.UnixEpoch);
}
