using CsCheck;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using TableRateLimiting.Internal;
using TableRateLimiting.Tests.Simulation;

namespace TableRateLimiting.Tests;

/// <summary>The limit as the receiver sees it, over several processes in a simulated world of delays, losses, crashes and wrong clocks.</summary>
public sealed class SharedLimitTests
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    /// <summary>A share of one's own is on top of the others' when only some processes lose storage: see FallbackTests.</summary>
    private static readonly Settings WithoutFallback = Scenario.Defaults with { FallbackPermits = 0 };
    private static readonly Link Near = new(Milliseconds(1), Milliseconds(4), 0);

    [Fact]
    public void No_window_holds_more_than_the_limit_whatever_happens()
    {
        Gen.Select(Gen.Int, Gen.Int[1, 4], Gen.Int[1, 60], Gen.Double[0, 0.2], Gen.Double[0, 0.1])
            .Sample(
                (seed, processes, trip, faults, stalls) =>
                {
                    var scenario = new Scenario(seed, WithoutFallback) { Stalls = stalls };
                    var end = TimeSpan.FromSeconds(20);
                    for (var i = 0; i < processes; i++)
                    {
                        var random = scenario.World.Random;
                        var limiter = scenario.AddProcess(
                            new Link(Milliseconds(1), Milliseconds(trip), faults), TimeSpan.FromMinutes(random.Next(-10, 10)), (random.NextDouble() - 0.5) / 10_000);
                        scenario.Ask(limiter, end, random.Next(1, 20), giveUp: 0.2, mostPermits: 3);
                        scenario.Ask(limiter, end, random.Next(0, 3), giveUp: 0.2, mostPermits: 2, background: true);
                        scenario.Use(limiter, random.Next(0, 4), TimeSpan.FromMilliseconds(random.Next(1, 300)));
                        if (random.Next(3) == 0)
                        {
                            scenario.Pause(limiter, end * random.NextDouble(), TimeSpan.FromSeconds(random.NextDouble() * 3));
                        }

                        if (random.Next(3) == 0)
                        {
                            scenario.Freeze(i, end * random.NextDouble(), TimeSpan.FromSeconds(random.NextDouble() * 20));
                        }

                        if (random.Next(3) == 0)
                        {
                            scenario.Crash(i, end * random.NextDouble());
                        }
                    }

                    scenario.World.Run(end + TimeSpan.FromSeconds(10));
                    Assert.InRange(scenario.Receiver.Most(Window), 0, 7);
                },
                iter: Math.Max(150, Check.Iter),
                threads: 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Under_load_the_rate_is_what_the_formula_says(int processes)
    {
        var scenario = Loaded(processes, Scenario.Defaults, Near);

        scenario.World.Run(TimeSpan.FromSeconds(30));

        Assert.Equal(7, scenario.Receiver.Most(Window));
        Assert.InRange(scenario.Granted / 30.0, 7 / 1.05 * 0.97, (7 / 1.02) + 0.2);
    }

    [Fact]
    public void Without_the_margin_a_window_overflows()
    {
        var settings = Scenario.Defaults;
        var scenario = Loaded(4, settings with { MinMargin = 0, ArrivalJitter = 0 }, Near);

        scenario.World.Run(TimeSpan.FromSeconds(30));

        Assert.True(scenario.Receiver.Most(Window) > 7);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_swap_that_takes_longer_than_the_late_tolerance_needs_the_lead(bool withLead)
    {
        var settings = Scenario.Defaults;
        var link = new Link(Milliseconds(60), Milliseconds(80), 0);
        var scenario = Loaded(1, withLead ? settings : settings with { MinLead = 1, MaxLead = 1 }, link, perSecond: 0.5);

        scenario.World.Run(TimeSpan.FromSeconds(60));

        // Without it the instants are past when the swap returns, and the limit is used up by permits that nobody could use.
        var swapsPerPermit = scenario.Storage.Writes / (double)scenario.Granted;
        Assert.True(withLead ? swapsPerPermit < 1.2 : swapsPerPermit > 4, $"{swapsPerPermit} swaps a permit");
    }

    [Fact]
    public void Who_wakes_late_does_not_use_its_permit()
    {
        using var meters = new Meters();
        using var voided = new MetricCollector<long>(meters, TableRateLimiter.MeterName, "table_rate_limiting.permits.voided");
        var scenario = Loaded(3, Scenario.Defaults, Near, stalls: 0.1, meters: meters);

        scenario.World.Run(TimeSpan.FromSeconds(60));

        Assert.InRange(scenario.Receiver.Most(Window), 1, 7);
        Assert.True(voided.GetMeasurementSnapshot().Sum(one => one.Value) > 5);
    }

    [Fact]
    public void A_write_whose_answer_was_lost_counts_as_taken()
    {
        Gen.Int.Sample(
            seed =>
            {
                var scenario = Loaded(2, WithoutFallback, new Link(Milliseconds(1), Milliseconds(8), 0.4), seed: seed);
                scenario.World.Run(TimeSpan.FromSeconds(15));
                Assert.InRange(scenario.Receiver.Most(Window), 1, 7);
            },
            iter: Math.Max(60, Check.Iter / 3),
            threads: 1);
    }

    private static Scenario Loaded(int processes, Settings settings, Link link, double perSecond = 30, double stalls = 0, int seed = 1, Meters? meters = null)
    {
        var scenario = new Scenario(seed, settings) { Stalls = stalls, Meters = meters };
        for (var i = 0; i < processes; i++)
        {
            scenario.Ask(scenario.AddProcess(link, TimeSpan.FromMinutes(3 * i)), TimeSpan.FromSeconds(60), perSecond);
        }

        return scenario;
    }

    private static long Milliseconds(int count) => count * TimeSpan.TicksPerMillisecond;
}
