using System.Globalization;
using Azure;
using Azure.Data.Tables;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Emulators.Storage;
using KommoFunctions.Storage;
using KommoFunctions.Tests;

namespace KommoFunctions.Core.Tests.Storage;

/// <summary>Rows that are removed by the hundred, and rows that are there already.</summary>
public sealed class ManyRowsTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Many_rows_are_removed_in_transactions_of_one_partition_each()
    {
        await using var host = await StartAsync();
        var rows = await FillAsync(host, partitions: 3, rowsEach: 150);
        var before = host.Proxy.Statistics.Total;

        var gone = await Rows(host).TryDeleteAllAsync(rows, CancellationToken.None);

        Assert.Equal((450, 6), (gone, host.Proxy.Statistics.Total - before));
        Assert.Empty(await host.ReadTableAsync(TableNames.Events));
    }

    [Fact]
    public async Task Rows_that_are_gone_already_count_as_removed_and_hold_up_no_others()
    {
        await using var host = await StartAsync();
        var rows = await FillAsync(host, partitions: 1, rowsEach: 20);
        await Rows(host).TryDeleteAsync(rows[7], CancellationToken.None);

        Assert.Equal(20, await Rows(host).TryDeleteAllAsync(rows, CancellationToken.None));

        Assert.Empty(await host.ReadTableAsync(TableNames.Events));
    }

    [Fact]
    public async Task A_row_that_was_changed_since_it_was_read_stays()
    {
        await using var host = await StartAsync();
        var rows = await FillAsync(host, partitions: 4, rowsEach: 1);
        await host.Tables.GetTableClient(TableNames.Events).UpsertEntityAsync(new TableEntity(rows[2].PartitionKey, rows[2].RowKey) { ["New"] = true });

        Assert.Equal(3, await Rows(host).TryDeleteAllAsync(rows, CancellationToken.None));

        Assert.Equal(rows[2].PartitionKey, Assert.Single(await host.ReadTableAsync(TableNames.Events)).PartitionKey);
    }

    [Fact]
    public async Task A_removal_whose_answer_was_lost_is_done()
    {
        await using var host = await StartAsync();
        var rows = await FillAsync(host, partitions: 1, rowsEach: 20);
        using var lost = host.Proxy.Faults.Add(new StorageFault { Kind = StorageFaultKind.DropResponse, Matches = kind => kind.Resource == "batch", Times = 1 });

        Assert.Equal(20, await Rows(host).TryDeleteAllAsync(rows, CancellationToken.None));
    }

    [Fact]
    public async Task Of_two_who_insert_a_row_the_second_is_given_the_first_ones()
    {
        await using var host = await StartAsync();

        Assert.Null(await Rows(host).AddOrFindAsync(new TableEntity("p", "r") { ["By"] = "first" }, CancellationToken.None));
        var found = await Rows(host).AddOrFindAsync(new TableEntity("p", "r") { ["By"] = "second" }, CancellationToken.None);

        Assert.Equal("first", found!.GetString("By"));
    }

    [Fact]
    public async Task An_insert_whose_answer_was_lost_is_known_as_ones_own()
    {
        await using var host = await StartAsync();
        using var lost = host.Proxy.Faults.Add(new StorageFault { Kind = StorageFaultKind.DropResponse, Matches = kind => kind.Method == "POST", Times = 1 });
        var row = new TableEntity("p", "r");

        Assert.Null(await Rows(host).AddOrFindAsync(row, CancellationToken.None));

        Assert.True(await Rows(host).TryReplaceAsync(row, CancellationToken.None));
    }

    private Task<CoreHost> StartAsync() => CoreHost.StartAsync(azurite, o => o.Connected = false);

    private static VersionedRows Rows(CoreHost host) => host.Process.Get<StorageConnection>().Rows(TableNames.Events);

    private static async Task<IReadOnlyList<TableEntity>> FillAsync(CoreHost host, int partitions, int rowsEach)
    {
        var table = host.Tables.GetTableClient(TableNames.Events);
        for (var partition = 0; partition < partitions; partition++)
        {
            var rows = Enumerable.Range(0, rowsEach).Select(row => new TableEntity($"p{partition}", row.ToString("D4", CultureInfo.InvariantCulture)));
            foreach (var chunk in rows.Chunk(100))
            {
                await table.SubmitTransactionAsync(chunk.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)));
            }
        }

        return await table.QueryAsync<TableEntity>(select: ["PartitionKey", "RowKey"]).ToListAsync();
    }
}
