using TableRateLimiting.Internal;
using TableRateLimiting.Tests.Simulation;

namespace TableRateLimiting.Tests;

/// <summary>Calls that come at random, five a second over eight processes, beside a limiter in the middle that costs nothing; in simulated time.</summary>
public sealed class BurstTests
{
    private static readonly TimeSpan End = TimeSpan.FromMinutes(2);

    /// <param name="minWay">The least that one way to storage takes, in ms.</param>
    /// <param name="maxWay">The most, in ms.</param>
    /// <param name="mostExtra">What half of the calls may wait longer than with the limiter in the middle, in ms: two trips and a little.</param>
    [Theory]
    [InlineData(1, 2, 30)]
    [InlineData(3, 8, 32)]
    public void Half_of_the_calls_wait_no_longer_than_two_trips_and_a_little(int minWay, int maxWay, int mostExtra)
    {
        var scenario = new Scenario(1, Settings.From(new TableRateLimiterOptions())) { Jitter = 9 * TimeSpan.TicksPerMillisecond };
        var link = new Link(minWay * TimeSpan.TicksPerMillisecond, maxWay * TimeSpan.TicksPerMillisecond, 0);
        var limiters = Enumerable.Range(0, 8).Select(_ => scenario.AddProcess(link)).ToList();
        var calls = new List<(long Asked, long Got)>();
        for (var at = 0L; at < End.Ticks; at += (long)(-Math.Log(1 - scenario.World.Random.NextDouble()) / 5 * TimeSpan.TicksPerSecond))
        {
            scenario.World.At(at, () => scenario.World.Begin(() => CallAsync(scenario, limiters[scenario.World.Random.Next(8)], calls)));
        }

        scenario.World.Run(End + TimeSpan.FromSeconds(15));

        var extra = Extra([.. calls.OrderBy(call => call.Asked)]);
        var result = $"{calls.Count} calls wait {extra[extra.Count / 2]:F1} ms longer (p95 {extra[extra.Count * 95 / 100]:F1}), {scenario.Requests / (double)calls.Count:F2} trips a permit";
        TestContext.Current.TestOutputHelper!.WriteLine(result);
        Assert.InRange(scenario.Receiver.Most(TimeSpan.FromSeconds(1)), 1, 7);
        Assert.True(extra[extra.Count / 2] <= mostExtra, result);
    }

    private static async Task CallAsync(Scenario scenario, TableRateLimiter limiter, List<(long Asked, long Got)> calls)
    {
        var asked = scenario.World.Now;
        using var lease = await limiter.AcquireAsync();
        Assert.True(lease.IsAcquired);
        calls.Add((asked, scenario.World.Now));
        scenario.Receiver.Arrive(scenario.World.Now + scenario.World.Between(0, scenario.Jitter), 1);
    }

    /// <summary>What each call waited longer than an exact sliding log without any margin would have let it, in ms, in ascending order.</summary>
    private static List<double> Extra(IReadOnlyList<(long Asked, long Got)> calls)
    {
        var ideal = new List<long>();
        foreach (var (asked, _) in calls)
        {
            ideal.Add(ideal.Count < 7 ? asked : Math.Max(asked, ideal[^7] + TimeSpan.TicksPerSecond));
        }

        return [.. calls.Zip(ideal, (call, at) => (call.Got - at) / (double)TimeSpan.TicksPerMillisecond).Order()];
    }
}
