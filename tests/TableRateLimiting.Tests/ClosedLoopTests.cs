using TableRateLimiting.Tests.Simulation;

namespace TableRateLimiting.Tests;

/// <summary>Four callers in each process, each asking again as soon as its use is over: rate, trips to storage and fairness, in simulated time.</summary>
public sealed class ClosedLoopTests
{
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan End = TimeSpan.FromSeconds(90);

    [Theory]
    [InlineData(1, 1, 2, 3, 0.97, 0.3, 1)]
    [InlineData(4, 1, 2, 3, 0.97, 0.5, 0.9)]
    [InlineData(8, 3, 8, 3, 0.96, 0.7, 0.85)]
    [InlineData(32, 3, 8, 3, 0.93, 1, 0.75)]
    [InlineData(4, 3, 8, 250, 0.96, 0.5, 0.85)]
    [InlineData(8, 3, 8, 250, 0.95, 0.7, 0.85)]
    public void Rate_trips_and_shares(int processes, int leastTrip, int mostTrip, int call, double rate, double trips, double share)
    {
        var options = new TableRateLimiterOptions { MaxWait = TimeSpan.FromMinutes(1) };
        var scenario = new Scenario(processes, Internal.Settings.From(options)) { Jitter = 9 * TimeSpan.TicksPerMillisecond };
        var loops = Enumerable.Range(0, processes)
            .Select(i => scenario.AddProcess(Link(leastTrip, mostTrip), TimeSpan.FromMinutes(i % 2 == 0 ? 5 : -5), (i % 5 - 2) / 100_000.0))
            .Select(limiter => scenario.Use(limiter, 4, TimeSpan.FromMilliseconds(call)))
            .ToList();
        scenario.World.Run(Warm);
        var requests = scenario.Requests;

        scenario.World.Run(End);

        var permits = loops.ConvertAll(loop => loop.Between(Warm, End));
        var (sum, perPermit) = (permits.Sum() / (End - Warm).TotalSeconds / 7, (scenario.Requests - requests) / (double)permits.Sum());
        var result = $"rate {sum:P1}, {perPermit:F2} trips a permit, shares {permits.Min()} to {permits.Max()}, longest wait {loops.Max(loop => loop.LongestWait) / 10_000_000.0:F1} s";
        TestContext.Current.TestOutputHelper!.WriteLine(result);
        Assert.Equal(7, scenario.Receiver.Most(TimeSpan.FromSeconds(1)));
        Assert.True(sum >= rate && perPermit <= trips && permits.Min() >= share * permits.Max(), result);
    }

    /// <summary>Everything by default, all processes at once, the first second included; the rate from the third second on.</summary>
    [Theory]
    [InlineData(1, 1, 2, 0.975, 0.3)]
    [InlineData(4, 1, 2, 0.97, 0.55)]
    [InlineData(8, 3, 8, 0.965, 0.7)]
    public void From_the_first_second(int processes, int leastTrip, int mostTrip, double rate, double trips)
    {
        const int Runs = 10;
        var (from, end) = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30));
        double rates = 0, perPermit = 0, refused = 0;
        for (var run = 0; run < Runs; run++)
        {
            var scenario = new Scenario(run, Internal.Settings.From(new TableRateLimiterOptions())) { Jitter = 9 * TimeSpan.TicksPerMillisecond };
            var loops = Enumerable.Range(0, processes)
                .Select(_ => scenario.Use(scenario.AddProcess(Link(leastTrip, mostTrip)), 4, TimeSpan.FromMilliseconds(3), withinFirst: TimeSpan.FromMilliseconds(2)))
                .ToList();
            scenario.World.Run(end);

            Assert.Equal(7, scenario.Receiver.Most(TimeSpan.FromSeconds(1)));
            rates += loops.Sum(loop => loop.Between(from, end)) / (end - from).TotalSeconds / 7 / Runs;
            perPermit += scenario.Requests / (double)loops.Sum(loop => loop.Between(default, end)) / Runs;
            refused += loops.Sum(loop => loop.Refused) / (double)Runs;
        }

        var result = $"rate {rates:P1}, {perPermit:F2} trips a permit, {refused} refused";
        TestContext.Current.TestOutputHelper!.WriteLine(result);
        Assert.True(rates >= rate && perPermit <= trips && refused == 0, result);
    }

    private static Link Link(int leastTrip, int mostTrip) => new(leastTrip * TimeSpan.TicksPerMillisecond, mostTrip * TimeSpan.TicksPerMillisecond, 0);
}
