using System.Threading.RateLimiting;
using TableRateLimiting.Internal;
using TableRateLimiting.Tests.Simulation;

namespace TableRateLimiting.Tests;

/// <summary>Interactive callers before background ones, in one process and over several, in simulated time.</summary>
public sealed class PriorityTests
{
    private static readonly Link Near = new(TimeSpan.TicksPerMillisecond, 4 * TimeSpan.TicksPerMillisecond, 0);
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan End = TimeSpan.FromSeconds(70);

    [Theory]
    [InlineData(1 / 7d)]
    [InlineData(0.5)]
    public void Under_load_background_callers_of_a_process_get_their_share_and_no_more(double share)
    {
        var scenario = NewScenario(share);
        var limiter = scenario.AddProcess(Near);
        var interactive = Use(scenario, limiter, 8);
        var background = Use(scenario, limiter, 8, background: true);

        scenario.World.Run(End);

        Assert.InRange(background.Between(Warm, End) / (double)(background.Between(Warm, End) + interactive.Between(Warm, End)), share * 0.9, share * 1.25);
    }

    [Fact]
    public void Without_a_share_background_callers_wait_until_nobody_else_does()
    {
        var scenario = NewScenario(share: 0);
        var limiter = scenario.AddProcess(Near);
        Use(scenario, limiter, 16);
        var background = Use(scenario, limiter, 4, background: true);

        scenario.World.Run(End);

        Assert.Equal(0, background.Between(Warm, End));
    }

    [Fact]
    public void A_process_with_background_callers_only_gets_their_share_beside_processes_that_use_all_they_can()
    {
        var scenario = NewScenario(1 / 7d);
        var busy = Enumerable.Range(0, 3).Select(_ => Use(scenario, scenario.AddProcess(Near), 8)).ToList();
        var background = Use(scenario, scenario.AddProcess(Near), 4, background: true);

        scenario.World.Run(End);

        // One of seven, in 60 s at no more than 7 a second.
        Assert.InRange(background.Between(Warm, End), 40, 80);
        Assert.True(busy.Sum(one => one.Between(Warm, End)) > 300);
        Assert.Equal(7, scenario.Receiver.Most(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void An_interactive_caller_does_not_wait_for_another_process_s_background_backlog()
    {
        var scenario = NewScenario(1 / 7d);
        var backlog = Enumerable.Range(0, 2).Select(_ => Use(scenario, scenario.AddProcess(Near), 30, background: true)).ToList();
        var rare = scenario.AddProcess(Near);
        var waits = new List<long>();
        scenario.World.Begin(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                await scenario.World.Delay(2 * TimeSpan.TicksPerSecond);
                var asked = scenario.World.Now;
                using var lease = await rare.AcquireAsync();
                Assert.True(lease.IsAcquired);
                scenario.Receiver.Arrive(scenario.World.Now, 1);
                waits.Add(scenario.World.Now - asked);
            }
        });

        scenario.World.Run(End);

        // The first one is a surprise. While some come, the others leave room for them.
        Assert.Equal(20, waits.Count);
        Assert.All(waits.Skip(5), wait => Assert.InRange(wait, 0, 11 * TimeSpan.TicksPerSecond / 10));
        Assert.True(backlog.Sum(one => one.Between(Warm, End)) > 300, $"{backlog.Sum(one => one.Between(Warm, End))}");
        Assert.Equal(7, scenario.Receiver.Most(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void The_background_door_leads_to_the_same_limiter()
    {
        var scenario = NewScenario(1 / 7d);
        var limiter = scenario.AddProcess(Near);
        Use(scenario, limiter, 3);
        scenario.World.Run(TimeSpan.FromSeconds(1));

        Assert.Equal(limiter.GetStatistics()!.TotalSuccessfulLeases, limiter.Background.GetStatistics()!.TotalSuccessfulLeases);
        Assert.Equal(limiter.IdleDuration, limiter.Background.IdleDuration);
        Assert.Throws<ArgumentOutOfRangeException>(() => limiter.Background.AttemptAcquire(8));
        Assert.True(limiter.Background.AttemptAcquire().TryGetMetadata(MetadataName.RetryAfter, out _));
    }

    private static Scenario NewScenario(double share)
    {
        var options = Scenario.Options;
        options.MaxWait = TimeSpan.FromSeconds(20);
        return new Scenario(1, Settings.From(options).WithBackgroundShare(share) with { BackgroundMaxWait = options.MaxWait.Ticks });
    }

    private static Scenario.Loop Use(Scenario scenario, TableRateLimiter limiter, int callers, bool background = false) =>
        scenario.Use(limiter, callers, TimeSpan.FromMilliseconds(5), background);
}
