using Azure.Data.Tables;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Storage;
using KommoFunctions.Tests;
using Kommo.Simulator;

namespace KommoFunctions.Core.Tests.Failures;

/// <summary>
/// Every kind of failure × every queue: after a failure the message is in exactly one place, and when the failure goes on, it ends. A new exception gets here by
/// <see cref="FailureClassifierTests.Cases"/>, a new queue by <see cref="WorkQueue.All"/>.
/// </summary>
public sealed class StageContractTests(AzuriteFixture azurite)
{
    public static TheoryData<string> Queues() => [.. QueueNames.All];

    [Theory]
    [MemberData(nameof(Queues))]
    public async Task After_any_failure_the_message_is_in_one_place_and_in_the_end_in_a_last_one(string name)
    {
        var time = new ShiftedTime();
        await using var host = await CoreHost.StartAsync(azurite, o => o.Time = time);
        var queue = WorkQueue.Of(name);
        foreach (var (exception, _, _) in FailureClassifierTests.Cases)
        {
            foreach (var isKommoAway in new[] { false, true })
            {
                await RunAsync(host, queue, exception, isKommoAway, time);
            }
        }
    }

    private static async Task RunAsync(CoreHost host, WorkQueue queue, Exception exception, bool isKommoAway, ShiftedTime time)
    {
        await ClearAsync(host, queue);
        if (isKommoAway)
        {
            host.Kommo.AddFault(new SimulatorFault(FaultKind.ServerError, "*", Count: 1_000_000));
        }

        var process = host.StartProcess();
        var message = Message(host);
        var expected = FailureClassifier.Classify(exception).Kind == FailureKind.Processed ? 0 : 1;

        await process.Get<MessageStage>().RunAsync(queue, message.ToBinaryData(), (_, _) => Task.FromException(exception), CancellationToken.None);

        Assert.True(
            expected == await CountAsync(host, queue),
            $"After {exception.GetType().Name} in {queue}, Kommo {(isKommoAway ? "away" : "there")}: {await CountAsync(host, queue)} places.");

        // Four days later, with the failure still going on: it has ended, or waits for its account out of every queue.
        if (expected == 1 && FailureClassifier.Classify(exception).Kind != FailureKind.Progress)
        {
            var old = message with { Failures = new FailureHistory(1, 1, time.GetUtcNow() - TimeSpan.FromDays(4), "first", "last") };
            await ClearAsync(host, queue);
            await process.Get<MessageStage>().RunAsync(queue, old.ToBinaryData(), (_, _) => Task.FromException(exception), CancellationToken.None);

            Assert.True(
                await host.CountAsync(queue.Name) == 0 && await CountAsync(host, queue) == 1,
                $"After four days of {exception.GetType().Name} in {queue}, Kommo {(isKommoAway ? "away" : "there")}, the message still goes round.");
        }

        host.Kommo.ClearFaults();
    }

    private static Envelope Message(CoreHost host) => new()
    {
        Id = Guid.NewGuid().ToString("N"),
        AccountId = host.AccountId,
        ReceivedAt = TimeProvider.System.GetUtcNow(),
        Content = Content.FromText("leads[add][0][id]=1"),
    };

    private static async Task<int> CountAsync(CoreHost host, WorkQueue queue)
    {
        var probes = queue.Name == QueueNames.Dispatch && await host.CountParkedAsync() > 0 ? 1 : 0;
        return await host.CountAsync(queue.Name) - probes + await host.CountParkedAsync() + (await host.ReadTableAsync(TableNames.DeadLetters)).Count;
    }

    private static async Task ClearAsync(CoreHost host, WorkQueue queue)
    {
        await host.ClearAsync(queue.Name);
        await host.ClearAsync(QueueNames.Dispatch);
        foreach (var name in new[] { TableNames.Holds, TableNames.DeadLetters })
        {
            var table = host.Tables.GetTableClient(name);
            foreach (var row in await host.ReadTableAsync(name))
            {
                await table.DeleteEntityAsync(row);
            }
        }
    }
}
