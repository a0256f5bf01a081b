using System.Collections.Concurrent;
using KommoFunctions.Accounts;
using KommoFunctions.Reconciliation;
using Microsoft.Extensions.Time.Testing;

namespace KommoFunctions.Core.Tests.Reconciliation;

/// <summary>Thousands of accounts in simulated time: all are reached in turn, and a run ends when its time is over.</summary>
public sealed class AccountTurnsTests
{
    private const int SideBySide = 16;

    private static readonly TimeSpan PerAccount = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan PerRun = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Work = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData(5000, 0)]
    [InlineData(5000, 100)]
    public async Task All_accounts_are_reached_in_turn_and_no_run_is_longer_than_it_may_be(int count, int hanging)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        using var test = new CancellationTokenSource(TimeSpan.FromMinutes(2), TimeProvider.System);
        var turns = new AccountTurns(SideBySide, PerAccount, PerRun, time);
        var lastTurn = Enumerable.Range(0, count).ToDictionary(i => (long)i, i => time.GetUtcNow().AddSeconds(-i));
        var served = new ConcurrentDictionary<long, int>();
        var runs = 0;
        while (served.Count < count)
        {
            Assert.InRange(++runs, 1, 20);
            var start = time.GetUtcNow();
            var run = turns.RunAsync(
                [.. lastTurn.OrderBy(turn => turn.Value).Select(turn => new KommoAccount { Id = turn.Key, Address = new Uri("http://localhost") })],
                async (account, token) =>
                {
                    await Task.Delay(account.Id < hanging ? Timeout.InfiniteTimeSpan : Work, time, token);
                    Serve(account);
                },
                (account, _) =>
                {
                    Serve(account);
                    return Task.CompletedTask;
                },
                test.Token);
            while (!run.IsCompleted)
            {
                time.Advance(TimeSpan.FromMilliseconds(500));
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, test.Token);
            }

            Assert.Equal(count - lastTurn.Count(turn => turn.Value > start), await run);
            Assert.InRange(time.GetUtcNow() - start, TimeSpan.Zero, PerRun + TimeSpan.FromMinutes(1));
            time.Advance(TimeSpan.FromMinutes(5));
        }

        // Nobody is served a second time before everybody was served once, but for those of the last run.
        Assert.InRange(served.Values.Max(), 1, 2);

        void Serve(KommoAccount account)
        {
            served.AddOrUpdate(account.Id, 1, (_, before) => before + 1);
            lock (lastTurn)
            {
                lastTurn[account.Id] = time.GetUtcNow();
            }
        }
    }

    [Fact]
    public async Task An_account_that_fails_is_told_of_and_the_others_go_on()
    {
        var (failed, done) = (new ConcurrentBag<long>(), new ConcurrentBag<long>());

        var left = await new AccountTurns(2, PerAccount, PerRun, TimeProvider.System).RunAsync(
            [.. Enumerable.Range(1, 5).Select(id => new KommoAccount { Id = id, Address = new Uri("http://localhost") })],
            (account, _) =>
            {
                if (account.Id == 2)
                {
                    throw new InvalidOperationException("It is broken.");
                }

                done.Add(account.Id);
                return Task.CompletedTask;
            },
            (account, _) =>
            {
                failed.Add(account.Id);
                return Task.CompletedTask;
            },
            CancellationToken.None);

        Assert.Equal((0, "2", "1 3 4 5"), (left, string.Join(' ', failed), string.Join(' ', done.Order())));
    }

    [Fact]
    public async Task The_end_of_the_host_ends_the_run()
    {
        using var stop = new CancellationTokenSource();
        var run = new AccountTurns(2, PerAccount, PerRun, TimeProvider.System).RunAsync(
            [new KommoAccount { Id = 1, Address = new Uri("http://localhost") }],
            async (_, token) =>
            {
                await stop.CancelAsync();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            },
            (_, _) => Task.CompletedTask,
            stop.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }
}
