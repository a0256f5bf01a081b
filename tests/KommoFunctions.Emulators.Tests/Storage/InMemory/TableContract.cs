using Azure;
using Azure.Data.Tables;
using KommoFunctions.Tests;

namespace KommoFunctions.Emulators.Storage.InMemory;

/// <summary>What tables do.</summary>
public abstract class TableContract(StorageBackend backend) : TableContractBase(backend)
{
    [Fact(Timeout = Timeout)]
    public async Task A_table_is_made_once_and_is_gone_after_it_was_deleted()
    {
        var table = await CreateTableAsync();

        var again = await Assert.ThrowsAsync<RequestFailedException>(() => table.CreateAsync());
        await table.CreateIfNotExistsAsync();
        await table.DeleteAsync();
        var missing = await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("p", "r")));

        Assert.Equal((409, "TableAlreadyExists"), (again.Status, again.ErrorCode));
        Assert.Equal((404, "TableNotFound"), (missing.Status, missing.ErrorCode));
    }

    [Fact(Timeout = Timeout)]
    public async Task Values_of_every_type_come_back_as_they_were()
    {
        var table = await CreateTableAsync();
        var at = DateTimeOffset.Parse("2026-02-03T04:05:06.1234567Z", System.Globalization.CultureInfo.InvariantCulture);
        var guid = Guid.NewGuid();
        var row = new TableEntity("it's 100% ä+&=", "a b'c")
        {
            ["Text"] = "✓ \"quoted\" \r\n",
            ["Empty"] = "",
            ["Flag"] = true,
            ["Int"] = -5,
            ["Long"] = 1L << 40,
            ["SmallLong"] = 3L,
            ["Double"] = 1.0,
            ["Time"] = at,
            ["Guid"] = guid,
            ["Bytes"] = new byte[] { 1, 2, 255 },
            ["Null"] = null,
        };

        await table.AddEntityAsync(row);
        var read = (await table.GetEntityAsync<TableEntity>(row.PartitionKey, row.RowKey)).Value;

        Assert.Equal((row.PartitionKey, row.RowKey), (read.PartitionKey, read.RowKey));
        Assert.Equal(("✓ \"quoted\" \r\n", "", true, -5), (read.GetString("Text"), read.GetString("Empty"), read.GetBoolean("Flag"), read.GetInt32("Int")));
        Assert.Equal((1L << 40, 3L, 1.0), (read.GetInt64("Long"), read.GetInt64("SmallLong"), read.GetDouble("Double")));
        Assert.Equal((at, guid), (read.GetDateTimeOffset("Time"), read.GetGuid("Guid")));
        Assert.Equal([1, 2, 255], read.GetBinary("Bytes"));
        Assert.False(read.TryGetValue("Null", out var nothing) && nothing is not null);
        Assert.NotNull(read.Timestamp);
    }

    [Fact(Timeout = Timeout)]
    public async Task An_insert_answers_with_the_version_that_a_read_shows_and_a_second_one_is_a_conflict()
    {
        var table = await CreateTableAsync();

        var added = await table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1 });
        var conflict = await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 2 }));

        var read = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
        Assert.Equal(added.Headers.ETag, read.ETag);
        Assert.Equal(1, read["A"]);
        Assert.Equal((409, "EntityAlreadyExists"), (conflict.Status, conflict.ErrorCode));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_missing_row_is_told_from_a_missing_table()
    {
        var table = await CreateTableAsync();

        var missing = await Assert.ThrowsAsync<RequestFailedException>(() => table.GetEntityAsync<TableEntity>("p", "r"));

        Assert.Equal((404, "ResourceNotFound"), (missing.Status, missing.ErrorCode));
        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
    }

    [Theory(Timeout = Timeout)]
    [InlineData(TableUpdateMode.Replace)]
    [InlineData(TableUpdateMode.Merge)]
    public async Task An_update_needs_the_version_that_was_read(TableUpdateMode mode)
    {
        var table = await CreateTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = 1 });
        var read = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
        var change = new TableEntity("p", "r") { ["A"] = 2 };

        var updated = await table.UpdateEntityAsync(change, read.ETag, mode);
        var stale = await Assert.ThrowsAsync<RequestFailedException>(() => table.UpdateEntityAsync(change, read.ETag, mode));

        var now = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
        Assert.Equal((412, "UpdateConditionNotSatisfied"), (stale.Status, stale.ErrorCode));
        Assert.Equal(updated.Headers.ETag, now.ETag);
        Assert.NotEqual(read.ETag, now.ETag);
        Assert.Equal(2, now["A"]);
        Assert.Equal(mode == TableUpdateMode.Merge, now.ContainsKey("B"));
    }

    [Theory(Timeout = Timeout)]
    [InlineData(TableUpdateMode.Replace)]
    [InlineData(TableUpdateMode.Merge)]
    public async Task Any_version_will_do_for_an_update_but_there_must_be_a_row(TableUpdateMode mode)
    {
        var table = await CreateTableAsync();
        var change = new TableEntity("p", "r") { ["A"] = 2 };

        var missing = await Assert.ThrowsAsync<RequestFailedException>(() => table.UpdateEntityAsync(change, ETag.All, mode));
        var gone = await Assert.ThrowsAsync<RequestFailedException>(() => table.UpdateEntityAsync(change, new ETag("W/\"datetime'2020-01-01T00%3A00%3A00Z'\""), mode));
        await table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1 });
        await table.UpdateEntityAsync(change, ETag.All, mode);

        Assert.Equal((404, "ResourceNotFound"), (missing.Status, missing.ErrorCode));
        Assert.Equal(404, gone.Status);
        Assert.Equal(2, (await table.GetEntityAsync<TableEntity>("p", "r")).Value["A"]);
    }

    [Theory(Timeout = Timeout)]
    [InlineData(TableUpdateMode.Replace)]
    [InlineData(TableUpdateMode.Merge)]
    public async Task An_upsert_makes_a_row_or_changes_it(TableUpdateMode mode)
    {
        var table = await CreateTableAsync();

        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = 1 }, mode);
        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = 2 }, mode);

        var now = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
        Assert.Equal(2, now["A"]);
        Assert.Equal(mode == TableUpdateMode.Merge, now.ContainsKey("B"));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_row_is_deleted_in_the_version_that_was_read()
    {
        var table = await CreateTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r"));
        var old = (await table.GetEntityAsync<TableEntity>("p", "r")).Value.ETag;
        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = 2 });

        var stale = await Assert.ThrowsAsync<RequestFailedException>(() => table.DeleteEntityAsync("p", "r", old));
        var deleted = await table.DeleteEntityAsync("p", "r", (await table.GetEntityAsync<TableEntity>("p", "r")).Value.ETag);
        var again = await table.DeleteEntityAsync("p", "r", ETag.All);

        Assert.Equal((412, "UpdateConditionNotSatisfied"), (stale.Status, stale.ErrorCode));
        Assert.Equal((204, 404), (deleted.Status, again.Status));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_row_that_was_made_again_has_another_version()
    {
        var table = await CreateTableAsync();
        var first = (await table.AddEntityAsync(new TableEntity("p", "r"))).Headers.ETag;
        await table.DeleteEntityAsync("p", "r", ETag.All);

        var second = (await table.AddEntityAsync(new TableEntity("p", "r"))).Headers.ETag;

        Assert.NotEqual(first, second);
    }

    [Fact(Timeout = Timeout)]
    public async Task Only_the_selected_columns_come_back_with_the_version()
    {
        var table = await CreateTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = 2 });

        var one = (await table.GetEntityAsync<TableEntity>("p", "r", ["A"])).Value;
        var listed = Assert.Single(await table.QueryAsync<TableEntity>(select: ["B", "RowKey"]).ToListAsync());

        Assert.Equal((1, false), (one["A"], one.ContainsKey("B")));
        Assert.Equal((2, "r", false), (listed["B"], listed.RowKey, listed.ContainsKey("A")));
        Assert.NotEqual(default, listed.ETag);
    }

    [Theory(Timeout = Timeout)]
    [InlineData(64 * 1024, 32 * 1024, 1, null)]
    [InlineData((64 * 1024) + 1, 1, 1, "PropertyValueTooLarge")]
    [InlineData(1, (32 * 1024) + 1, 1, "PropertyValueTooLarge")]
    [InlineData(60_000, 30_000, 12, "EntityTooLarge")]
    public async Task A_row_holds_64_KB_a_column_and_1_MB_in_all(int bytes, int characters, int times, string? error)
    {
        var table = await CreateTableAsync();
        var row = new TableEntity("p", "r");
        foreach (var column in Enumerable.Range(0, times))
        {
            row[$"Bytes{column}"] = new byte[bytes];
            row[$"Text{column}"] = new string('x', characters);
        }

        var refused = await RefusalOfAsync(() => table.AddEntityAsync(row));

        Assert.Equal(Backend.Follows(AzuriteDeviation.TakesRowsOfAnySize) || error is not "EntityTooLarge" ? error : null, refused?.ErrorCode);
    }
}

public sealed class AzuriteTableTests(AzuriteFixture azurite) : TableContract(new AzuriteBackend(azurite));

public sealed class InMemoryTableTests() : TableContract(new InMemoryBackend());
