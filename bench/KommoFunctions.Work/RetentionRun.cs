using System.Globalization;
using Azure;
using Azure.Data.Tables;
using KommoFunctions.Bench;
using KommoFunctions.Emulators.Azurite;
using KommoFunctions.Splitting;
using KommoFunctions.Storage;
using Spectre.Console;

namespace KommoFunctions.Work;

/// <summary>How many rows of old events the clean-up removes in a second, beside a removal of one row after the other.</summary>
internal sealed class RetentionRun(int events, int accounts, int baseline, TextWriter output)
{
    private const double WantedFactor = 5;

    private static readonly TimeSpan Keep = TimeSpan.FromDays(8);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var azurite = await AzuriteProcess.StartAsync(new AzuriteOptions(), cancellationToken);
        var table = new TableClient(azurite.ConnectionString, TableNames.Events);
        await table.CreateAsync(cancellationToken);

        await FillAsync(table, baseline, cancellationToken);
        var (oneByOne, alone) = await MeasureAsync(() => RemoveOneByOneAsync(table, cancellationToken));
        await FillAsync(table, events, cancellationToken);
        var (together, swept) = await MeasureAsync(() => SweepAsync(table, cancellationToken));

        var figures = Figures.Table("Removal of old events", "Rows", "Time", "Rows a second");
        figures.AddRow("One row after the other", Figures.Text(oneByOne), Figures.Seconds(alone), Figures.Text(oneByOne / alone.TotalSeconds, 0));
        figures.AddRow("The clean-up", Figures.Text(together), Figures.Seconds(swept), Figures.Text(together / swept.TotalSeconds, 0));
        output.WriteTable(figures);
        var factor = together / swept.TotalSeconds / (oneByOne / alone.TotalSeconds);
        var left = await table.QueryAsync<TableEntity>(cancellationToken: cancellationToken).CountAsync(cancellationToken);
        var isRight = factor >= WantedFactor && together == events && left == 0;
        output.WriteLine($"{(isRight ? "Right" : "Wrong")}: {Figures.Text(factor)} times as fast (wanted: {Figures.Text(WantedFactor, 0)}), {Figures.Text(left)} rows are left.");
        return isRight ? 0 : 1;
    }

    /// <summary>Spread as events are: an account over 256 partitions.</summary>
    private async Task FillAsync(TableClient table, int count, CancellationToken cancellationToken)
    {
        var rows = Enumerable.Range(0, count).Select(i => new TableEntity(
            string.Create(CultureInfo.InvariantCulture, $"{30_000_000 + (i % accounts)}-{i / accounts % 256:x2}"),
            string.Create(CultureInfo.InvariantCulture, $"{i / accounts % 256:x2}{i:x30}"))
        {
            ["Hook"] = Guid.NewGuid().ToString("N"),
            ["SeenAt"] = DateTimeOffset.UnixEpoch,
        });
        await Parallel.ForEachAsync(
            rows.GroupBy(row => row.PartitionKey).SelectMany(partition => partition.Chunk(100)),
            cancellationToken,
            async (chunk, token) =>
                await table.SubmitTransactionAsync(chunk.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)), token));
    }

    private static async Task<int> RemoveOneByOneAsync(TableClient table, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var row in table.QueryAsync<TableEntity>(select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken))
        {
            await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
            count++;
        }

        return count;
    }

    private static async Task<int> SweepAsync(TableClient table, CancellationToken cancellationToken)
    {
        var count = 0;
        var later = TimeProvider.System.GetUtcNow() + Keep + TimeSpan.FromMinutes(1);
        await foreach (var page in new EventLog(new VersionedRows(table, TimeProvider.System), TimeProvider.System)
            .Sweep(TimeSpan.Zero, (now, _) => ValueTask.FromResult(now - Keep)).RunAsync(later, null, cancellationToken))
        {
            count += page.Removed;
        }

        return count;
    }

    private static async Task<(int Count, TimeSpan Time)> MeasureAsync(Func<Task<int>> work)
    {
        var start = TimeProvider.System.GetTimestamp();
        return (await work(), TimeProvider.System.GetElapsedTime(start));
    }
}
