using System.Security.Cryptography;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.DeadLetters;
using KommoFunctions.Failures;
using KommoFunctions.Maintenance;
using KommoFunctions.Messaging;
using KommoFunctions.Outbox;
using KommoFunctions.Splitting;
using KommoFunctions.Storage;
using KommoFunctions.Tests;
using Microsoft.Extensions.Time.Testing;

namespace KommoFunctions.Core.Tests.Maintenance;

public sealed class MaintenanceTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(7.5, true)]
    [InlineData(8.5, false)]
    public async Task Events_are_remembered_for_eight_days(double days, bool kept)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await StartAsync(time);
        await host.Process.Get<EventLog>().TryClaimAsync(
            1, new EventIdentity("0123456789abcdef0123456789abcdef", IsTimeless: false), "hook", time.GetUtcNow(), CancellationToken.None);

        await RunAfterAsync(host, time, days);

        Assert.Equal(kept ? 1 : 0, (await host.ReadTableAsync(TableNames.Events)).Count);
    }

    [Theory]
    [InlineData(7.5, true)]
    [InlineData(8.5, false)]
    public async Task Commands_that_were_sent_are_remembered_for_eight_days(double days, bool kept)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await StartAsync(time);
        var lane = new LaneKey(1, TaskLane.LaneName);
        await host.Process.Get<OutboxStore>().FinishAsync(lane, [new DoneCommand("0001", null)], CancellationToken.None);

        await RunAfterAsync(host, time, days);

        Assert.Equal(kept ? 1 : 0, (await host.Process.Get<OutboxStore>().FindDoneAsync(lane, ["0001"], CancellationToken.None)).Count);
    }

    [Fact]
    public async Task A_command_that_waits_is_never_removed()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await StartAsync(time);
        var lane = new LaneKey(1, TaskLane.LaneName);
        await host.Process.Get<OutboxStore>().AddAsync(lane, new PendingCommand("0001", "{}", time.GetUtcNow()), CancellationToken.None);

        await RunAfterAsync(host, time, 1000);

        Assert.Single(await host.Process.Get<OutboxStore>().PeekAsync(lane, 10, CancellationToken.None));
    }

    [Theory]
    [InlineData(119, true)]
    [InlineData(121, false)]
    public async Task Bodies_are_kept_longer_than_the_dead_letters_that_need_them(double days, bool kept)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await StartAsync(time);
        await host.Process.Get<ContentCodec>().PackAsync(RandomNumberGenerator.GetBytes(60_000), "x", CancellationToken.None);

        await RunAfterAsync(host, time, days);

        Assert.Equal(kept ? 1 : 0, await CountAsync(host, ContainerNames.Bodies));
    }

    [Theory]
    [InlineData(89, true)]
    [InlineData(91, false)]
    public async Task Dead_letters_are_kept_for_ninety_days_with_their_blobs(double days, bool kept)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await StartAsync(time);
        await host.Process.ProcessAsync(QueueNames.Hooks, new BinaryData(RandomNumberGenerator.GetBytes(40_000)));

        await RunAfterAsync(host, time, days);

        Assert.Equal(kept ? 1 : 0, (await host.Process.ReadDeadLettersAsync()).Count);
        Assert.Equal(kept ? 1 : 0, await CountAsync(host, ContainerNames.DeadLetters));
    }

    [Fact]
    public async Task A_dead_letter_can_be_replayed_with_its_large_body_as_long_as_it_is_kept()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await StartAsync(time);
        await host.Process.PostHookAsync(RandomNumberGenerator.GetBytes(60_000));
        await host.Process.PumpAsync(QueueNames.Hooks);
        var letter = await host.Process.ReadDeadLetterAsync();
        await RunAfterAsync(host, time, 89);
        await host.Process.Get<DeadLetterReplay>().ReplayAsync(host.AccountId, letter.Id);

        await host.Process.PumpAsync(QueueNames.Hooks);

        Assert.Equal(DeadLetterReasons.NotAHook, (await host.Process.ReadDeadLetterAsync()).Reason);
    }

    [Fact]
    public async Task A_large_body_is_kept_anew_each_time_that_its_message_dies()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await StartAsync(time);
        await host.Process.PostHookAsync(RandomNumberGenerator.GetBytes(60_000));
        await host.Process.PumpAsync(QueueNames.Hooks);
        var before = await ChangedAsync(host);
        var letter = await host.Process.ReadDeadLetterAsync();

        await Eventually.HoldsAsync(async () =>
        {
            await host.Process.Get<DeadLetterReplay>().ReplayAsync(host.AccountId, letter.Id);
            await host.Process.PumpAsync(QueueNames.Hooks);
            return await ChangedAsync(host) > before;
        });

        Assert.InRange((await host.Process.ReadDeadLetterAsync()).Replays, 1, int.MaxValue);
    }

    /// <summary>When the only body was last changed, by which it is judged how long it is kept.</summary>
    private static async Task<DateTimeOffset> ChangedAsync(CoreHost host) =>
        (await host.Blobs.GetBlobContainerClient(ContainerNames.Bodies).GetBlobsAsync().SingleAsync()).Properties.LastModified!.Value;

    private Task<CoreHost> StartAsync(FakeTimeProvider time) => CoreHost.StartAsync(azurite, o =>
    {
        o.Connected = false;
        o.Time = time;
    });

    private static Task RunAfterAsync(CoreHost host, FakeTimeProvider time, double days)
    {
        time.Advance(TimeSpan.FromDays(days));
        return host.Process.Get<Maintainer>().RunAsync();
    }

    private static async Task<int> CountAsync(CoreHost host, string container)
    {
        var count = 0;
        await foreach (var _ in host.Blobs.GetBlobContainerClient(container).GetBlobsAsync())
        {
            count++;
        }

        return count;
    }
}
