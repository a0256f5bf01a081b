using System.Threading.RateLimiting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TableRateLimiting.Internal;
using TableRateLimiting.Tests.Simulation;

namespace TableRateLimiting.Tests;

/// <summary>Two accounts that share one outbound address, in simulated time.</summary>
public sealed class JointRateLimiterTests
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);
    private static readonly Link Near = new(TimeSpan.TicksPerMillisecond, 4 * TimeSpan.TicksPerMillisecond, 0);
    private readonly World _world = new(1);
    private readonly SimulatedStorage _address;
    private readonly SimulatedStorage[] _accounts;
    private readonly Receiver _atAddress = new();
    private readonly Receiver[] _atAccount = [new(), new()];

    public JointRateLimiterTests() => (_address, _accounts) = (new(_world), [new(_world), new(_world)]);

    [Fact]
    public void Both_limits_hold_and_both_are_used_up()
    {
        for (var process = 0; process < 3; process++)
        {
            for (var account = 0; account < 2; account++)
            {
                var joint = Join(account, addressLimit: 10, addressFirst: process == 1);
                for (var caller = 0; caller < 4; caller++)
                {
                    Loop(joint, account);
                }
            }
        }

        _world.Run(TimeSpan.FromSeconds(60));

        Assert.Equal(10, _atAddress.Most(Window));
        Assert.All(_atAccount, account => Assert.InRange(account.Most(Window), 1, 7));
        Assert.True(_atAddress.Count > 60 * 10 * 0.85, $"{_atAddress.Count}");
        Assert.All(_atAccount, account => Assert.True(account.Count > 60 * 10 * 0.3, $"{account.Count}"));
    }

    [Fact]
    public void What_one_had_booked_goes_back_when_the_other_refuses()
    {
        var address = NewLimiter(_address, 10);
        var account = NewLimiter(_accounts[0], 7, address.Time);
        var joint = new JointRateLimiter(address.Limiter, account.Limiter);
        Begin(() => account.Limiter.PauseAsync(TimeSpan.FromMinutes(1)));
        _world.Run(TimeSpan.FromSeconds(1));

        // Another process still thinks that the account is free.
        var late = new JointRateLimiter(NewLimiter(_address, 10, address.Time).Limiter, NewLimiter(_accounts[0], 7, address.Time).Limiter);
        var leases = new List<RateLimitLease>();
        Begin(async () => leases.Add(await joint.AcquireAsync()));
        Begin(async () => leases.Add(await late.AcquireAsync()));
        _world.Run(TimeSpan.FromSeconds(3));

        Assert.Equal(2, leases.Count);
        Assert.All(leases, lease =>
        {
            Assert.False(lease.IsAcquired);
            Assert.True(lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter));
            Assert.InRange(retryAfter, TimeSpan.FromSeconds(50), TimeSpan.FromMinutes(1));
        });
        Assert.Empty(_accounts[0].Record.Grants);
        Assert.Equal(2, joint.GetStatistics()!.TotalFailedLeases + late.GetStatistics()!.TotalFailedLeases);
    }

    [Fact]
    public void A_caller_that_gives_up_leaves_nothing_behind()
    {
        var address = NewLimiter(_address, 10);
        var account = NewLimiter(_accounts[0], 7, address.Time);
        var joint = new JointRateLimiter(address.Limiter, account.Limiter);
        for (var i = 0; i < 7; i++)
        {
            Begin(async () => Assert.True((await joint.AcquireAsync()).IsAcquired));
        }

        _world.Run(TimeSpan.FromSeconds(0.3));
        using var cancellation = new CancellationTokenSource();
        var gaveUp = false;
        Begin(async () =>
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await joint.AcquireAsync(1, cancellation.Token));
            gaveUp = true;
        });
        _world.Run(TimeSpan.FromSeconds(0.6));
        cancellation.Cancel();
        _world.Run(TimeSpan.FromSeconds(0.8));

        Assert.True(gaveUp);
        Assert.Equal(0, joint.GetStatistics()!.CurrentQueuedCount);
        Assert.Equal(7, _accounts[0].Record.Grants.Length);
        Assert.Equal(7, _address.Record.Grants.Length);
    }

    [Fact]
    public void An_attempt_books_nothing_and_tells_the_longer_wait()
    {
        var address = NewLimiter(_address, 10);
        var account = NewLimiter(_accounts[0], 7, address.Time);
        var joint = new JointRateLimiter(address.Limiter, account.Limiter);
        Begin(() => account.Limiter.PauseAsync(TimeSpan.FromSeconds(30)));
        _world.Run(TimeSpan.FromSeconds(1));

        Assert.False(joint.AttemptAcquire(0).IsAcquired);
        Assert.True(joint.AttemptAcquire().TryGetMetadata(MetadataName.RetryAfter, out var retryAfter));
        Assert.InRange(retryAfter, TimeSpan.FromSeconds(28), TimeSpan.FromSeconds(30));
        Assert.Throws<ArgumentOutOfRangeException>(() => joint.AttemptAcquire(8));
        Assert.Throws<ArgumentException>(() => new JointRateLimiter(address.Limiter));
        Assert.Throws<ArgumentException>(() => new JointRateLimiter(address.Limiter, address.Limiter));
        Assert.Throws<ArgumentException>(() => new JointRateLimiter(address.Limiter, NewLimiter(_accounts[1], 7, new FakeTimeProvider()).Limiter));
    }

    private JointRateLimiter Join(int account, int addressLimit, bool addressFirst)
    {
        var first = NewLimiter(_address, addressLimit);
        var second = NewLimiter(_accounts[account], 7, first.Time).Limiter;
        return addressFirst ? new JointRateLimiter(first.Limiter, second) : new JointRateLimiter(second, first.Limiter);
    }

    private (TableRateLimiter Limiter, TimeProvider Time) NewLimiter(SimulatedStorage storage, int limit, TimeProvider? time = null)
    {
        time ??= new ProcessTime(_world, 0, 0, () => _world.Between(0, 2 * TimeSpan.TicksPerMillisecond));
        var options = Scenario.Options;
        (options.PermitLimit, options.MaxWait) = (limit, TimeSpan.FromSeconds(10));
        var client = new SimulatedClient(_world, time as ProcessTime ?? new ProcessTime(_world, 0, 0, () => 0), storage, Near);
        var limiter = new TableRateLimiter(
            client, "scope", Settings.From(options), new StorageClock(time), time, new Random(_world.Random.Next()), NullLogger.Instance, null, work => _world.Begin(work));
        return (limiter, time);
    }

    private void Loop(JointRateLimiter joint, int account) => Begin(async () =>
    {
        while (true)
        {
            using var lease = await joint.AcquireAsync();
            if (lease.IsAcquired)
            {
                var arrives = _world.Now + _world.Between(0, 24 * TimeSpan.TicksPerMillisecond);
                _atAddress.Arrive(arrives, 1);
                _atAccount[account].Arrive(arrives, 1);
                await _world.Delay(_world.Between(0, 10 * TimeSpan.TicksPerMillisecond));
            }
            else
            {
                lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter);
                await _world.Delay(retryAfter.Ticks + TimeSpan.TicksPerMillisecond);
            }
        }
    });

    private void Begin(Func<Task> work) => _world.Begin(work);
}
