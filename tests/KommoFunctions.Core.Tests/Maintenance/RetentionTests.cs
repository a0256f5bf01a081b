using System.Globalization;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Emulators.Storage;
using KommoFunctions.Maintenance;
using KommoFunctions.Splitting;
using KommoFunctions.Storage;
using KommoFunctions.Tests;
using Microsoft.Extensions.Time.Testing;

namespace KommoFunctions.Core.Tests.Maintenance;

/// <summary>The clean-up is bounded, goes on where it stopped, and no kind of thing waits for another.</summary>
public sealed class RetentionTests(AzuriteFixture azurite)
{
    /// <summary>Tables without rows that grow old, and why.</summary>
    private static readonly Dictionary<string, string> Kept = new()
    {
        [TableNames.Accounts] = "an account stays known; its tokens are what is removed",
        [TableNames.Locks] = "a row for each lock, of which there are as many as accounts",
        [TableNames.Holds] = "its rows go with the hold",
        [TableNames.TokenCopies] = "its rows go when the vault has the tokens",
        [TableNames.Retention] = "a row for each kind of thing that is cleaned up",
    };

    [Fact]
    public async Task Every_table_is_cleaned_up_or_needs_it_not()
    {
        await using var host = await StartAsync();

        var swept = host.Process.Get<Maintainer>().Sweeps.Select(sweep => sweep.Name);

        Assert.Equal(TableNames.All.Order(), swept.Intersect(TableNames.All).Concat(Kept.Keys).Order());
    }

    [Fact]
    public async Task A_kind_without_an_end_holds_up_no_other_and_no_run()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await StartAsync(time);
        var (endless, other) = (new EndlessSweep("endless", time), new CountedSweep("other"));
        var start = time.GetUtcNow();

        await host.Process.Get<Maintainer>().RunAsync([endless, other], CancellationToken.None);

        Assert.Equal(1, other.Runs);
        Assert.InRange(time.GetUtcNow() - start, Maintainer.MaxRun, Maintainer.MaxRun + EndlessSweep.PageTime);
    }

    [Fact]
    public async Task A_run_goes_on_where_the_one_before_had_to_stop()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await StartAsync(time);
        var endless = new EndlessSweep("endless", time);

        await host.Process.Get<Maintainer>().RunAsync([endless], CancellationToken.None);
        await host.Process.Get<Maintainer>().RunAsync([endless], CancellationToken.None);

        Assert.Equal(2, endless.Begun.Count);
        Assert.Null(endless.Begun[0]);
        Assert.Equal(Maintainer.MaxRun / EndlessSweep.PageTime, int.Parse(endless.Begun[1]!, CultureInfo.InvariantCulture), 1.0);
    }

    [Fact]
    public async Task A_kind_that_fails_holds_up_no_other_and_is_tried_again_in_the_next_run()
    {
        await using var host = await StartAsync();
        var (failing, other) = (new FailingSweep(new InvalidOperationException("It is broken.")), new CountedSweep("other"));

        await host.Process.Get<Maintainer>().RunAsync([failing, other], CancellationToken.None);
        await host.Process.Get<Maintainer>().RunAsync([failing, other], CancellationToken.None);

        Assert.Equal((2, 1), (failing.Runs, other.Runs));
    }

    [Theory]
    [InlineData(23, 1)]
    [InlineData(24, 2)]
    public async Task What_came_to_its_end_is_looked_through_again_a_day_later(double hours, int runs)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await StartAsync(time);
        var sweep = new CountedSweep("daily");
        await host.Process.Get<Maintainer>().RunAsync([sweep], CancellationToken.None);
        time.Advance(TimeSpan.FromHours(hours));

        await host.Process.Get<Maintainer>().RunAsync([sweep], CancellationToken.None);

        Assert.Equal(runs, sweep.Runs);
    }

    [Fact]
    public async Task A_stop_of_the_host_ends_the_run_and_loses_no_place()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await StartAsync(time);
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(2), time);
        var endless = new EndlessSweep("endless", time);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.Process.Get<Maintainer>().RunAsync([endless], stop.Token));
        await host.Process.Get<Maintainer>().RunAsync([endless], CancellationToken.None);

        Assert.InRange(int.Parse(endless.Begun[1]!, CultureInfo.InvariantCulture), 1, 20);
    }

    [Fact]
    public async Task Events_go_page_by_page_in_transactions_and_a_stopped_pass_ends_in_the_next_run()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await StartAsync(time);
        const int Count = 2500;
        await FillAsync(host, Count);
        time.Advance(TimeSpan.FromDays(9));
        var sweep = host.Process.Get<EventLog>().Sweep(TimeSpan.FromDays(1), TimeSpan.FromDays(8));
        string? next = null;
        await foreach (var page in sweep.RunAsync(time.GetUtcNow(), null, CancellationToken.None))
        {
            next = page.Next;
            break;
        }

        Assert.Equal(Count - 1000, (await host.ReadTableAsync(TableNames.Events)).Count);
        var before = host.Proxy.Statistics.Total;
        await foreach (var page in sweep.RunAsync(time.GetUtcNow(), next, CancellationToken.None))
        {
            Assert.InRange(page.Removed, 1, 1000);
        }

        Assert.Empty(await host.ReadTableAsync(TableNames.Events));
        Assert.InRange(host.Proxy.Statistics.Total - before, 1, 30);
    }

    [Fact]
    public async Task A_place_that_storage_does_not_know_any_more_is_given_up()
    {
        await using var host = await StartAsync();
        var sweep = new FailingSweep(new Azure.RequestFailedException(400, "There is no such place."));
        var progress = host.Process.Get<SweepProgressStore>();
        await progress.WriteAsync(sweep.Name, new SweepProgress(TimeProvider.System.GetUtcNow(), "no place", null), CancellationToken.None);

        await host.Process.Get<Maintainer>().RunAsync([sweep], CancellationToken.None);

        Assert.Null((await progress.ReadAsync(sweep.Name, CancellationToken.None)).Next);
    }

    [Fact]
    public async Task Tokens_of_removed_accounts_and_all_else_go_though_events_cannot_be_read()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await StartAsync(time);
        await FillAsync(host, 10);
        time.Advance(TimeSpan.FromDays(9));
        using var away = host.Proxy.Faults.Add(new StorageFault
        {
            Kind = StorageFaultKind.Reset,
            Matches = kind => kind is { Service: StorageService.Table, Resource: "batch" },
        });

        await host.Process.Get<Maintainer>().RunAsync();

        var rows = (await host.ReadTableAsync(TableNames.Retention)).ToDictionary(row => row.RowKey);
        Assert.Equal(host.Process.Get<Maintainer>().Sweeps.Select(sweep => sweep.Name).Order(), rows.Keys.Order());
        Assert.All(rows, row => Assert.Equal(row.Key != TableNames.Events, row.Value.GetDateTimeOffset("CleanAsOf") is not null));
    }

    private Task<CoreHost> StartAsync(TimeProvider? time = null) => CoreHost.StartAsync(azurite, o =>
    {
        o.Connected = false;
        o.Time = time ?? o.Time;
    });

    private static async Task FillAsync(CoreHost host, int count)
    {
        var rows = Enumerable.Range(0, count).Select(i => new TableEntity($"1-{i % 5:x2}", i.ToString("D6", CultureInfo.InvariantCulture)));
        foreach (var chunk in rows.GroupBy(row => row.PartitionKey).SelectMany(partition => partition.Chunk(100)))
        {
            await host.Tables.GetTableClient(TableNames.Events).SubmitTransactionAsync(
                chunk.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)));
        }
    }

    /// <summary>Pages without end, each of which takes a while.</summary>
    private sealed class EndlessSweep(string name, FakeTimeProvider time) : ISweep
    {
        public static readonly TimeSpan PageTime = TimeSpan.FromSeconds(10);

        public List<string?> Begun { get; } = [];

        public string Name => name;

        public TimeSpan Every => TimeSpan.FromDays(1);

        public async IAsyncEnumerable<SweptPage> RunAsync(
            DateTimeOffset now, string? from, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            Begun.Add(from);
            for (var page = int.Parse(from ?? "0", CultureInfo.InvariantCulture); ; page++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                // The others ask storage meanwhile, which takes real time.
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
                time.Advance(PageTime);
                yield return new SweptPage(1, (page + 1).ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    private sealed class CountedSweep(string name) : ISweep
    {
        public int Runs { get; private set; }

        public string Name => name;

        public TimeSpan Every => TimeSpan.FromHours(23.5);

        public async IAsyncEnumerable<SweptPage> RunAsync(
            DateTimeOffset now, string? from, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.Yield();
            Runs++;
            yield return new SweptPage(1, Next: null);
        }
    }

    private sealed class FailingSweep(Exception error) : ISweep
    {
        public int Runs { get; private set; }

        public string Name => "failing";

        public TimeSpan Every => TimeSpan.FromDays(1);

        public IAsyncEnumerable<SweptPage> RunAsync(DateTimeOffset now, string? from, CancellationToken cancellationToken)
        {
            Runs++;
            throw error;
        }
    }
}
