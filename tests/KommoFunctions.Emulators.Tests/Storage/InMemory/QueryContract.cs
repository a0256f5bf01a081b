using System.Globalization;
using Azure.Data.Tables;
using KommoFunctions.Tests;

namespace KommoFunctions.Emulators.Storage.InMemory;

/// <summary>What queries of tables find.</summary>
public abstract class QueryContract(StorageBackend backend)
{
    private static readonly DateTimeOffset At = DateTimeOffset.Parse("2026-02-03T04:05:06.1234567Z", CultureInfo.InvariantCulture);

    private static readonly Guid Id = Guid.Parse("01234567-89ab-cdef-0123-456789abcdef");

    private async Task<TableClient> CreateTableAsync()
    {
        var table = backend.Tables.GetTableClient(AzuriteFixture.NewTableName());
        await table.CreateAsync();
        return table;
    }

    [Theory(Timeout = 60_000)]
    [InlineData("", "a1 a2 a3 b1")]
    [InlineData("PartitionKey eq 'a'", "a1 a2 a3")]
    [InlineData("PartitionKey eq 'a' and RowKey ge 'a2'", "a2 a3")]
    [InlineData("PartitionKey eq 'a' and RowKey gt 'a1' and RowKey lt 'a3'", "a2")]
    [InlineData("RowKey le 'a2'", "a1 a2")]
    [InlineData("RowKey ne 'a2'", "a1 a3 b1")]
    [InlineData("Int eq 2", "a2")]
    [InlineData("Int lt 3", "a1 a2")]
    [InlineData("Int ge -1", "a1 a2 a3")]
    [InlineData("Long gt 4294967297L", "a2 a3")]
    [InlineData("Double le 2.5", "a1 a2")]
    [InlineData("Flag eq true", "a1 a3")]
    [InlineData("Flag eq false", "a2")]
    [InlineData("Flag ne true", "a2")]
    [InlineData("Time lt datetime'2026-02-03T04:05:07Z'", "a1")]
    [InlineData("Time ge datetime'2026-02-03T04:05:07.1234567Z'", "a2 a3")]
    [InlineData("Time eq datetime'2026-02-03T04:05:06.1234567Z'", "a1")]
    [InlineData("Guid eq guid'01234567-89ab-cdef-0123-456789abcdef'", "a1")]
    [InlineData("Timestamp gt datetime'2020-01-01T00:00:00Z'", "a1 a2 a3 b1")]
    [InlineData("Timestamp lt datetime'2020-01-01T00:00:00Z'", "")]
    [InlineData("Text eq 'it''s'", "b1")]
    [InlineData("(RowKey eq 'a1' or RowKey eq 'b1') and PartitionKey eq 'a'", "a1")]
    [InlineData("RowKey eq 'a1' or RowKey eq 'b1' and PartitionKey eq 'a'", "a1")]
    [InlineData("PartitionKey eq 'a' and (Int eq 1 or (Int eq 3 and Flag eq true))", "a1 a3")]
    [InlineData("not (PartitionKey eq 'a')", "b1")]
    [InlineData("Nowhere eq 'x'", "")]
    [InlineData("Int eq 'x'", "")]
    public async Task A_filter_finds(string filter, string expected)
    {
        var table = await CreateTableAsync();
        await table.AddEntityAsync(new TableEntity("b", "b1") { ["Text"] = "it's" });
        foreach (var number in new[] { 3, 1, 2 })
        {
            await table.AddEntityAsync(new TableEntity("a", $"a{number}")
            {
                ["Int"] = number,
                ["Long"] = (1L << 32) + number,
                ["Double"] = number + 0.5,
                ["Flag"] = number % 2 == 1,
                ["Time"] = At.AddSeconds(number - 1),
                ["Guid"] = number == 1 ? Id : Guid.NewGuid(),
            });
        }

        var found = await table.QueryAsync<TableEntity>(filter).Select(row => row.RowKey).ToListAsync();

        Assert.Equal(expected, string.Join(' ', found));
    }

    [Fact(Timeout = 60_000)]
    public async Task The_filters_that_the_SDK_builds_are_understood()
    {
        var table = await CreateTableAsync();
        var (key, text, number, guid, flag) = ("a'b", "x y", 1L << 40, Id, true);
        await table.AddEntityAsync(new TableEntity(key, "r") { ["Text"] = text, ["Long"] = number, ["Guid"] = guid, ["Flag"] = flag, ["Time"] = At, ["Int"] = 5 });
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {key} and (Text eq {text} and Long eq {number}) and Guid eq {guid} and Flag eq {flag} and Time le {At} and Int eq {5}");

        Assert.Single(await table.QueryAsync<TableEntity>(filter).ToListAsync());
        Assert.Single(await table.QueryAsync<TableEntity>(row => row.PartitionKey == key && row.GetInt64("Long") >= number).ToListAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_long_answer_comes_in_pages_of_the_wanted_size()
    {
        var table = await CreateTableAsync();
        await table.SubmitTransactionAsync(Enumerable.Range(0, 25)
            .Select(number => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", $"{number:00}"))));

        var pages = await table.QueryAsync<TableEntity>("PartitionKey eq 'p' and RowKey ne '03'", maxPerPage: 10).AsPages().ToListAsync();

        Assert.Equal([10, 10, 4], pages.Select(page => page.Values.Count));
        Assert.Equal(Enumerable.Range(0, 25).Where(number => number != 3).Select(number => $"{number:00}"), pages.SelectMany(page => page.Values).Select(row => row.RowKey));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_page_that_follows_sees_what_was_written_meanwhile()
    {
        var table = await CreateTableAsync();
        foreach (var key in new[] { "1", "2", "4" })
        {
            await table.AddEntityAsync(new TableEntity("p", key));
        }

        var seen = new List<string>();
        await foreach (var page in table.QueryAsync<TableEntity>(maxPerPage: 2).AsPages())
        {
            seen.AddRange(page.Values.Select(row => row.RowKey));
            if (seen.Count == 2)
            {
                await table.AddEntityAsync(new TableEntity("p", "0"));
                await table.AddEntityAsync(new TableEntity("p", "5"));
            }
        }

        Assert.Equal(["1", "2", "4", "5"], seen);
    }

    [Fact(Timeout = 60_000)]
    public async Task No_page_has_more_than_a_thousand_rows()
    {
        var table = await CreateTableAsync();
        foreach (var chunk in Enumerable.Range(0, 1050).Chunk(100))
        {
            await table.SubmitTransactionAsync(chunk.Select(number => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", $"{number:0000}"))));
        }

        var pages = await table.QueryAsync<TableEntity>().AsPages().ToListAsync();

        Assert.Equal([1000, 50], pages.Select(page => page.Values.Count));
    }
}

public sealed class AzuriteQueryTests(AzuriteFixture azurite) : QueryContract(new AzuriteBackend(azurite));

public sealed class InMemoryQueryTests() : QueryContract(new InMemoryBackend());
