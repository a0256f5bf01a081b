using System.Globalization;
using Azure.Data.Tables;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Failures;
using KommoFunctions.Outbox;
using KommoFunctions.Storage;
using KommoFunctions.Tests;

namespace KommoFunctions.Core.Tests.Outbox;

/// <summary>The rows of a lane: what is done stays done, what is put back stays there, and a look for a few rows reads a few.</summary>
public sealed class MarkTests(AzuriteFixture azurite)
{
    private static readonly LaneKey Lane = new(1, TaskLane.LaneName);

    [Fact]
    public async Task One_old_command_among_new_ones_does_not_make_a_look_read_all_marks_between()
    {
        await using var host = await StartAsync();
        var store = host.Process.Get<OutboxStore>();
        await FillWithMarksAsync(host, 3000);
        string[] ids = [Id(0), .. Enumerable.Range(3000, 49).Select(Id)];
        var before = host.Proxy.Statistics.Total;

        var done = await store.FindDoneAsync(Lane, ids, CancellationToken.None);

        Assert.Equal([Id(0)], done);
        Assert.Equal(2, host.Proxy.Statistics.Total - before);
    }

    [Fact]
    public async Task Every_mark_is_found_however_the_commands_lie()
    {
        await using var host = await StartAsync();
        await FillWithMarksAsync(host, 2000);
        var ids = Enumerable.Range(0, 40).Select(i => Id(i * i * 2)).ToList();

        var done = await host.Process.Get<OutboxStore>().FindDoneAsync(Lane, ids, CancellationToken.None);

        Assert.Equal(ids.Where(id => string.CompareOrdinal(id, Id(2000)) < 0), done.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Commands_that_lie_together_are_found_in_one_request()
    {
        await using var host = await StartAsync();
        await FillWithMarksAsync(host, 500);
        var before = host.Proxy.Statistics.Total;

        var done = await host.Process.Get<OutboxStore>().FindDoneAsync(Lane, [.. Enumerable.Range(100, 300).Select(Id)], CancellationToken.None);

        Assert.Equal((300, 1), (done.Count, host.Proxy.Statistics.Total - before));
    }

    /// <summary>The dead letter is there before the command is gone: an operator may put it back in between.</summary>
    [Fact]
    public async Task A_command_that_is_put_back_while_it_is_set_aside_stays()
    {
        await using var host = await StartAsync();
        var (store, refused) = (host.Process.Get<OutboxStore>(), host.Process.Get<RefusedCommands>());
        await store.AddAsync(Lane, new PendingCommand(Id(1), "{}", TimeProvider.System.GetUtcNow()), CancellationToken.None);
        var sent = Assert.Single(await store.PeekAsync(Lane, 1, CancellationToken.None));
        await store.RestoreAsync(Lane, sent with { Json = "{\"text\":\"mended\"}" }, CancellationToken.None);

        await refused.KeepAsync(Lane, sent, "No.", CancellationToken.None);

        Assert.Equal("{\"text\":\"mended\"}", Assert.Single(await store.PeekAsync(Lane, 9, CancellationToken.None)).Json);
    }

    [Fact]
    public async Task A_command_that_is_refused_leaves_the_outbox()
    {
        await using var host = await StartAsync();
        var store = host.Process.Get<OutboxStore>();
        await store.AddAsync(Lane, new PendingCommand(Id(1), "{}", TimeProvider.System.GetUtcNow()), CancellationToken.None);

        await host.Process.Get<RefusedCommands>().KeepAsync(
            Lane, Assert.Single(await store.PeekAsync(Lane, 1, CancellationToken.None)), "No.", CancellationToken.None);

        Assert.Empty(await store.PeekAsync(Lane, 9, CancellationToken.None));
        Assert.Equal(DeadLetterReasons.Refused, (await host.Process.ReadDeadLetterAsync()).Reason);
    }

    private Task<CoreHost> StartAsync() => CoreHost.StartAsync(azurite, o => o.Connected = false);

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"{number:D19}-event-000");

    private static async Task FillWithMarksAsync(CoreHost host, int count)
    {
        foreach (var chunk in Enumerable.Range(0, count).Chunk(100))
        {
            await host.Tables.GetTableClient(TableNames.Outbox).SubmitTransactionAsync(chunk.Select(number =>
                new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(Lane.PartitionKey, "done-" + Id(number)))));
        }
    }
}
