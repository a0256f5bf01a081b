using CsCheck;
using TableRateLimiting.Internal;
using TableRateLimiting.Tests.Simulation;

namespace TableRateLimiting.Tests;

/// <summary>Storage away from every process, in simulated time.</summary>
public sealed class FallbackTests
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);
    private static readonly Link Near = new(TimeSpan.TicksPerMillisecond, 5 * TimeSpan.TicksPerMillisecond, 0);

    [Fact]
    public void While_storage_is_away_from_all_the_shares_keep_the_limit_from_the_first_moment_on() =>
        Gen.Select(Gen.Int, Gen.Int[1, 7], Gen.Double[0, 10]).Sample(
            (seed, processes, away) =>
            {
                var scenario = Loaded(seed, processes, share: 1);
                scenario.World.At(TimeSpan.FromSeconds(away).Ticks, () => scenario.Storage.Down = true);

                scenario.World.Run(TimeSpan.FromSeconds(40));

                Assert.InRange(scenario.Receiver.Most(Window), 0, 7);
                Assert.True(scenario.Receiver.Count > processes * 5);
            },
            iter: 30,
            threads: 1);

    [Fact]
    public void With_no_share_nothing_is_granted_until_storage_is_back()
    {
        var scenario = Loaded(1, 2, share: 0);
        scenario.Storage.Down = true;
        scenario.World.Run(TimeSpan.FromSeconds(20));
        Assert.Equal(0, scenario.Granted);

        scenario.Storage.Down = false;
        scenario.World.Run(TimeSpan.FromSeconds(40));

        Assert.True(scenario.Granted > 60, $"{scenario.Granted} granted");
    }

    [Fact]
    public void A_single_process_keeps_the_limit_over_the_return_of_storage() =>
        Gen.Select(Gen.Int, Gen.Int[1, 7], Gen.Double[0, 5], Gen.Double[8, 20]).Sample(
            (seed, share, away, back) =>
            {
                var scenario = Loaded(seed, 1, share);
                scenario.World.At(TimeSpan.FromSeconds(away).Ticks, () => scenario.Storage.Down = true);
                scenario.World.At(TimeSpan.FromSeconds(back).Ticks, () => scenario.Storage.Down = false);

                scenario.World.Run(TimeSpan.FromSeconds(50));

                Assert.InRange(scenario.Receiver.Most(Window), 0, 7);
                Assert.True(scenario.Granted > 25 * 6);
            },
            iter: 30,
            threads: 1);

    [Fact]
    public void A_short_failure_costs_a_wait_and_no_permit()
    {
        var scenario = Loaded(1, 1, share: 0);
        scenario.World.At(TimeSpan.FromSeconds(5).Ticks, () => scenario.Storage.Down = true);
        scenario.World.At(TimeSpan.FromSeconds(6).Ticks, () => scenario.Storage.Down = false);

        scenario.World.Run(TimeSpan.FromSeconds(30));

        Assert.InRange(scenario.Granted, 190, 206);
    }

    private static Scenario Loaded(int seed, int processes, int share)
    {
        var scenario = new Scenario(seed, Scenario.Defaults with { FallbackPermits = share });
        for (var i = 0; i < processes; i++)
        {
            scenario.Ask(scenario.AddProcess(Near, TimeSpan.FromMinutes(i)), TimeSpan.FromSeconds(50), perSecond: 20);
        }

        return scenario;
    }
}
