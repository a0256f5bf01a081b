using Azure;
using Azure.Data.Tables;
using KommoFunctions.Tests;

namespace KommoFunctions.Emulators.Storage.InMemory;

/// <summary>What transactions of tables do.</summary>
public abstract class TransactionContract(StorageBackend backend) : TableContractBase(backend)
{
    [Fact(Timeout = Timeout)]
    public async Task A_transaction_does_all_of_its_changes()
    {
        var table = await CreateTableAsync();
        foreach (var key in new[] { "merge", "replace", "delete" })
        {
            await table.AddEntityAsync(new TableEntity("p", key) { ["A"] = 1, ["B"] = 1 });
        }

        var answers = await table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, new TableEntity("p", "add") { ["A"] = 2, ["Text"] = "✓ \r\n--changeset" }),
            new(TableTransactionActionType.UpdateMerge, new TableEntity("p", "merge") { ["A"] = 2 }, ETag.All),
            new(TableTransactionActionType.UpdateReplace, new TableEntity("p", "replace") { ["A"] = 2 }, ETag.All),
            new(TableTransactionActionType.Delete, new TableEntity("p", "delete"), ETag.All),
            new(TableTransactionActionType.UpsertMerge, new TableEntity("p", "upsert'd") { ["A"] = 2 }),
            new(TableTransactionActionType.UpsertReplace, new TableEntity("p", "upsert") { ["A"] = 2 }),
        ]);

        var rows = await table.QueryAsync<TableEntity>().ToListAsync();
        Assert.Equal(["add", "merge", "replace", "upsert", "upsert'd"], rows.Select(row => row.RowKey));
        Assert.All(rows, row => Assert.Equal(2, row["A"]));
        Assert.Equal("✓ \r\n--changeset", rows[0]["Text"]);
        Assert.Equal(["merge"], rows.Where(row => row.ContainsKey("B")).Select(row => row.RowKey));
        Assert.Equal(rows[0].ETag, answers.Value[0].Headers.ETag);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_transaction_that_fails_changes_nothing_and_says_where_it_failed()
    {
        var table = await CreateTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "b") { ["A"] = 1 });

        var conflict = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, new TableEntity("p", "a")),
            new(TableTransactionActionType.Add, new TableEntity("p", "b")),
            new(TableTransactionActionType.Add, new TableEntity("p", "c")),
        ]));
        var missing = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.UpdateMerge, new TableEntity("p", "b") { ["A"] = 2 }, ETag.All),
            new(TableTransactionActionType.Delete, new TableEntity("p", "x"), ETag.All),
        ]));

        var row = Assert.Single(await table.QueryAsync<TableEntity>().ToListAsync());
        Assert.Equal(("b", 1), (row.RowKey, row["A"]));
        Assert.Equal((409, "EntityAlreadyExists", 1), (conflict.Status, conflict.ErrorCode, conflict.FailedTransactionActionIndex));
        Assert.Equal((404, "ResourceNotFound", 1), (missing.Status, missing.ErrorCode, missing.FailedTransactionActionIndex));
    }

    [Theory(Timeout = Timeout)]
    [InlineData(TableTransactionActionType.UpdateMerge)]
    [InlineData(TableTransactionActionType.UpdateReplace)]
    [InlineData(TableTransactionActionType.Delete)]
    public async Task A_transaction_honours_its_conditions(TableTransactionActionType change)
    {
        var table = await CreateTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "b") { ["A"] = 1 });
        var old = (await table.GetEntityAsync<TableEntity>("p", "b")).Value.ETag;
        await table.UpsertEntityAsync(new TableEntity("p", "b") { ["A"] = 2 });
        Task Submit(ETag etag) => table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, new TableEntity("p", "a")),
            new(change, new TableEntity("p", "b") { ["A"] = 3 }, etag),
        ]);

        var stale = await Assert.ThrowsAsync<TableTransactionFailedException>(() => Submit(old));
        Assert.Equal((412, "UpdateConditionNotSatisfied", 1), (stale.Status, stale.ErrorCode, stale.FailedTransactionActionIndex));
        Assert.Equal(["b"], await table.QueryAsync<TableEntity>().Select(row => row.RowKey).ToListAsync());

        await Submit((await table.GetEntityAsync<TableEntity>("p", "b")).Value.ETag);
        var now = await table.GetEntityIfExistsAsync<TableEntity>("p", "b");
        Assert.Equal(change == TableTransactionActionType.Delete ? null : 3, now.HasValue ? now.Value!["A"] : null);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_transaction_takes_a_hundred_changes_and_no_more()
    {
        var table = await CreateTableAsync();

        await table.SubmitTransactionAsync(Adds(100));
        // Azurite refuses too, in a form that the SDK cannot read.
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => table.SubmitTransactionAsync(Adds(101, "more")));

        Assert.Equal(Backend.Follows(AzuriteDeviation.WordsRefusalsOfLargeTransactionsBadly), refused is TableTransactionFailedException { Status: 400 });
        Assert.Equal(100, await table.QueryAsync<TableEntity>().CountAsync());
    }

    [Fact(Timeout = Timeout)]
    public async Task A_transaction_names_each_row_once()
    {
        var table = await CreateTableAsync();

        var refused = await RefusalOfAsync(() => table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.UpsertReplace, new TableEntity("p", "a")),
            new(TableTransactionActionType.UpsertReplace, new TableEntity("p", "a")),
        ]));

        Assert.Equal((400, "InvalidDuplicateRow"), (refused?.Status, refused?.ErrorCode));
        Assert.Empty(await table.QueryAsync<TableEntity>().ToListAsync());
    }

    [Fact(Timeout = Timeout)]
    public async Task A_transaction_is_about_one_partition()
    {
        var table = await CreateTableAsync();

        var refused = await RefusalOfAsync(() => table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, new TableEntity("p", "a")),
            new(TableTransactionActionType.Add, new TableEntity("q", "a")),
        ]));

        var follows = Backend.Follows(AzuriteDeviation.TakesTransactionsOverPartitions);
        Assert.Equal(follows ? "CommandsInBatchActOnDifferentPartitions" : null, refused?.ErrorCode);
        Assert.Equal(follows ? 0 : 2, await table.QueryAsync<TableEntity>().CountAsync());
    }

    [Fact(Timeout = Timeout)]
    public async Task A_transaction_of_more_than_four_megabytes_is_refused()
    {
        var table = await CreateTableAsync();

        var refused = await Assert.ThrowsAnyAsync<RequestFailedException>(() => table.SubmitTransactionAsync(Enumerable.Range(0, 60).Select(number =>
            new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", $"{number}") { ["A"] = new byte[60 * 1024] }))));

        Assert.Equal((413, "RequestBodyTooLarge"), (refused.Status, refused.ErrorCode));
    }

    private static IEnumerable<TableTransactionAction> Adds(int count, string prefix = "") =>
        Enumerable.Range(0, count).Select(number => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", $"{prefix}{number:000}")));
}

public sealed class AzuriteTransactionTests(AzuriteFixture azurite) : TransactionContract(new AzuriteBackend(azurite));

public sealed class InMemoryTransactionTests() : TransactionContract(new InMemoryBackend());
