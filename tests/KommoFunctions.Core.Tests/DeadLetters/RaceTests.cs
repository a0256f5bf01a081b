using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.DeadLetters;
using KommoFunctions.Emulators.Storage;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Storage;
using KommoFunctions.Tests;

namespace KommoFunctions.Core.Tests.DeadLetters;

/// <summary>Two who write or remove the same dead letter, and answers of storage that are lost.</summary>
public sealed class RaceTests(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset Old = TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(100);

    [Fact]
    public async Task Discarding_by_a_part_of_an_id_removes_nothing_of_others()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var store = host.Process.Get<DeadLetterStore>();
        await store.AddAsync(Letter(host, "0001-abcdef", new string('x', 100_000)), CancellationToken.None);

        Assert.False(await store.DiscardAsync(host.AccountId, "0001"));
        Assert.False(await store.DiscardAsync(host.AccountId, ""));

        Assert.Equal(100_000, (await store.GetAsync(host.AccountId, "0001-abcdef"))!.Message.ToString().Length);
    }

    [Fact]
    public async Task What_dies_again_while_old_ones_are_removed_stays_with_its_body()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var store = host.Process.Get<DeadLetterStore>();
        await store.AddAsync(Letter(host, "1", new string('x', 100_000)), CancellationToken.None);
        var stall = host.Proxy.Faults.Add(new StorageFault { Kind = StorageFaultKind.Stall, Matches = kind => kind is { Service: StorageService.Table, Method: "DELETE" } });
        var removal = store.DiscardOlderAsync(TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(90), CancellationToken.None);
        await Eventually.HoldsAsync(() => Task.FromResult(host.Proxy.Statistics.Count(kind => kind is { Service: StorageService.Table, Method: "DELETE" }) > 0));

        await store.AddAsync(Letter(host, "1", new string('y', 100_000)) with { DiedAt = TimeProvider.System.GetUtcNow() }, CancellationToken.None);
        stall.Dispose();

        Assert.Equal(0, await removal);
        Assert.Equal(100_000, (await store.GetAsync(host.AccountId, "1"))!.Message.ToString().Length);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    public async Task A_write_whose_answer_is_lost_counts_once(string method)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var store = host.Process.Get<DeadLetterStore>();
        if (method == "PUT")
        {
            await store.AddAsync(Letter(host, "1", "x"), CancellationToken.None);
        }

        host.Proxy.Faults.FailNext(StorageFaultKind.DropResponse, kind => kind.Service == StorageService.Table && kind.Method == method);
        await store.AddAsync(Letter(host, "1", "x"), CancellationToken.None);

        Assert.Equal(method == "PUT" ? 2 : 1, (await store.GetAsync(host.AccountId, "1"))!.Attempts);
    }

    [Fact]
    public async Task The_blobs_of_edits_go_with_them()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var desk = new LetterDesk(host.Process);
        await host.Process.PostHookAsync("leads is what this should be about" + new string('x', 100_000));
        await host.Process.SettleAsync();
        var letter = await desk.FindAsync(DeadLetterReasons.NotAHook);
        letter = await desk.EditAsync(letter, Hooks.LeadAdded(5) + "&x=" + new string('y', 100_000));
        letter = await desk.EditAsync(letter, Hooks.LeadAdded(6) + "&x=" + new string('z', 100_000));

        Assert.Equal(200, (await desk.TryUndoAsync(await desk.ShowAsync(letter))).StatusCode);
        Assert.True(await host.Process.Get<DeadLetterStore>().DiscardAsync(host.AccountId, letter.GetProperty("id").GetString()!));

        Assert.Equal(0, await host.Blobs.GetBlobContainerClient(ContainerNames.DeadLetters).GetBlobsAsync(cancellationToken: CancellationToken.None).CountAsync());
    }

    private static DeadLetter Letter(CoreHost host, string id, string body) => SampleDeadLetter.Of(host.AccountId, id, body, Old);
}
