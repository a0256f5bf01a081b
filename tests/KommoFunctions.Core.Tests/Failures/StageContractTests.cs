using KommoFunctions.Core.Tests.Contracts;
using KommoFunctions.Emulators.Storage.InMemory;
using KommoFunctions.Emulators.Storage.InMemory.Interleaving;
using KommoFunctions.Failures;
using KommoFunctions.Holds;
using KommoFunctions.Messaging;
using KommoFunctions.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Core.Tests.Failures;

/// <summary>
/// Every kind of failure × every queue: after a failure the message is in exactly one place, and when the failure goes on, it ends. A new exception gets here by
/// <see cref="FailureClassifierTests.Cases"/>, a new queue by <see cref="WorkQueue.All"/>.
/// </summary>
public sealed class StageContractTests
{
    private const long AccountId = 30_000_001;

    private readonly InMemoryStorage _storage;
    private readonly InterleavedTime _time = new(new DateTimeOffset(2026, 1, 31, 10, 0, 0, TimeSpan.Zero));

    public StageContractTests() => _storage = new InMemoryStorage(_time);

    public static TheoryData<string, bool> QueuesAndAccounts()
    {
        var data = new TheoryData<string, bool>();
        foreach (var queue in QueueNames.All)
        {
            data.Add(queue, true);
            data.Add(queue, false);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(QueuesAndAccounts))]
    public async Task After_any_failure_the_message_is_in_one_place(string name, bool isServed)
    {
        foreach (var exception in FailureClassifierTests.Cases.Select(one => one.Exception))
        {
            await FailAsync(WorkQueue.Of(name), exception, isServed, history: null);

            var expected = FailureClassifier.Classify(exception).Kind == FailureKind.Processed ? 0 : 1;
            Assert.True(expected == CountPlaces(name), $"After {exception.GetType().Name}: {CountPlaces(name)} places.");
        }
    }

    /// <summary>It is a dead letter, or waits for its account out of every queue. What a bell stands for ends instead of the bell.</summary>
    [Theory]
    [MemberData(nameof(QueuesAndAccounts))]
    public async Task What_has_failed_for_days_does_not_go_round_any_more(string name, bool isServed)
    {
        foreach (var exception in FailureClassifierTests.Cases.Select(one => one.Exception))
        {
            if (FailureClassifier.Classify(exception).Kind is FailureKind.Processed or FailureKind.Progress)
            {
                continue;
            }

            await FailAsync(WorkQueue.Of(name), exception, isServed, new FailureHistory(9, 9, _time.GetUtcNow() - TimeSpan.FromDays(4), "first", "last"));

            Assert.True(CountInQueue(name) == 0 && CountPlaces(name) == 1, $"After {exception.GetType().Name}: {CountInQueue(name)} in the queue, {CountPlaces(name)} places.");
        }
    }

    private async Task FailAsync(WorkQueue queue, Exception exception, bool isServed, FailureHistory? history)
    {
        _storage.Clear();
        var process = new ContractProcess(_storage, _time, services => services.AddSingleton<HoldProbe>(new Probe(isServed)));
        await process.Get<StorageProvisioner>().EnsureCreatedAsync();
        var message = new Envelope
        {
            Id = "m1",
            AccountId = AccountId,
            ReceivedAt = _time.GetUtcNow(),
            Content = Content.FromText("leads[add][0][id]=1"),
            Failures = history,
        };

        await process.Get<MessageStage>().RunAsync(queue, message.ToBinaryData(), (_, _) => Task.FromException(exception), CancellationToken.None);
    }

    private int CountPlaces(string queue) =>
        CountInQueue(queue) + Parked + _storage.RowsOf(TableNames.DeadLetters).Count();

    /// <summary>Without the message that probes a suspended account.</summary>
    private int CountInQueue(string queue) =>
        _storage.QueueOf(queue).Count - (queue == QueueNames.Dispatch ? _storage.RowsOf(TableNames.Holds).Count() - Parked : 0);

    /// <summary>Beside the suspensions, which have a partition of their own.</summary>
    private int Parked => _storage.RowsOf(TableNames.Holds).Count(row => row.PartitionKey != "hold");

    private sealed class Probe(bool isServed) : HoldProbe(null!, null!)
    {
        public override Task<HoldCause?> AskAsync(long accountId, CancellationToken cancellationToken) =>
            Task.FromResult(isServed ? null : new HoldCause(HoldReason.Away, "away", TimeSpan.FromSeconds(15)));
    }
}
