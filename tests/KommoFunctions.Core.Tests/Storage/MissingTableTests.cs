using Azure;
using Azure.Data.Tables;
using KommoFunctions.Core.Tests.Contracts;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.DeadLetters;
using KommoFunctions.Emulators.Storage;
using KommoFunctions.Emulators.Storage.InMemory;
using KommoFunctions.Emulators.Storage.InMemory.Interleaving;
using KommoFunctions.Failures;
using KommoFunctions.Outbox;
using KommoFunctions.Storage;

namespace KommoFunctions.Core.Tests.Storage;

/// <summary>A table that is not there yet, or is being deleted, is no row of somebody else's; and a row that others always change ends the attempts.</summary>
public sealed class MissingTableTests
{
    private const long AccountId = 30_000_001;

    private readonly InterleavedTime _time = new(new DateTimeOffset(2026, 1, 31, 10, 0, 0, TimeSpan.Zero));
    private readonly ContractProcess _process;

    public MissingTableTests() => _process = new ContractProcess(new InMemoryStorage(_time), _time);

    public enum Write
    {
        Add,
        AddOrFind,
        Replace,
        Merge,
        Update,
        OutboxAdd,
    }

    public static TheoryData<Write, bool> Writes => new(
        from write in Enum.GetValues<Write>() from isBeingDeleted in new[] { false, true } select (write, isBeingDeleted));

    [Theory(Timeout = 30_000)]
    [MemberData(nameof(Writes))]
    public async Task A_write_into_a_table_that_is_not_there_fails(Write write, bool isBeingDeleted)
    {
        var code = isBeingDeleted ? "TableBeingDeleted" : "TableNotFound";
        var requests = 0;
        _process.Network = act => ValueTask.FromResult(
            requests++ == (write == Write.Update ? 1 : 0)
                ? new StorageRefusal(isBeingDeleted ? 409 : 404, code, code).ToAnswer(StorageService.Table)
                : act());

        var e = await Assert.ThrowsAsync<RequestFailedException>(() => WriteAsync(write));

        Assert.Equal(code, e.ErrorCode);
        Assert.Equal(FailureKind.Transient, FailureClassifier.Classify(e).Kind);
    }

    [Fact(Timeout = 30_000)]
    public async Task Whoever_is_never_faster_than_the_others_gives_up_after_a_while()
    {
        await _process.Get<StorageProvisioner>().EnsureCreatedAsync();
        var (store, letter) = (_process.Get<DeadLetterStore>(), SampleDeadLetter.Of(AccountId));
        await store.AddAsync(letter, CancellationToken.None);
        var requests = 0;
        _process.Network = act => ValueTask.FromResult(
            // An attempt reads, writes, and looks whose the row is.
            requests++ % 3 == 1 ? new StorageRefusal(412, "UpdateConditionNotSatisfied", "changed").ToAnswer(StorageService.Table) : act());

        await Assert.ThrowsAsync<NotNowException>(() => _process.RunAsync(store.AddAsync(letter, CancellationToken.None)));
        Assert.Equal(3 * 40, requests);
    }

    private async Task WriteAsync(Write write)
    {
        var (rows, row) = (_process.Get<StorageConnection>().Rows(TableNames.Outbox), new TableEntity("p", "r") { ETag = new ETag("\"read\"") });
        await (write switch
        {
            Write.Add => rows.TryAddAsync(row, CancellationToken.None),
            Write.AddOrFind => rows.AddOrFindAsync(row, CancellationToken.None),
            Write.Replace => rows.TryReplaceAsync(row, CancellationToken.None),
            Write.Merge => rows.TryMergeAsync(row, row.ETag, CancellationToken.None),
            Write.Update => rows.UpdateAsync("p", "r", found => found ?? new TableEntity("p", "r"), CancellationToken.None),
            _ => _process.Get<OutboxStore>().AddAsync(new LaneKey(AccountId, "task"), new PendingCommand("0-a", "{}", _time.GetUtcNow()), CancellationToken.None),
        });
    }
}
