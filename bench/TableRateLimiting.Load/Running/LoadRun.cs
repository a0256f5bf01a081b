using System.Globalization;
using TableRateLimiting.Load.Receiver;
using TableRateLimiting.Load.Results;
using TableRateLimiting.Load.Storage;

namespace TableRateLimiting.Load.Running;

/// <summary>Starts everything, lets it run, and counts.</summary>
internal sealed class LoadRun(LoadPlan plan, TextWriter progress)
{
    private const double ProgressSeconds = 5;

    /// <summary>The run goes on for so long after the measured time, so that its last cycle can be seen to its end.</summary>
    private const double TailSeconds = 3;

    public async Task<LoadResult> RunAsync(CancellationToken cancellationToken)
    {
        Say("starting storage and receiver");
        await using var surroundings = await Surroundings.StartAsync(plan.LatencyMilliseconds, plan.Spread, cancellationToken);
        var calibration = await Calibration.OfAsync(surroundings.Storage, cancellationToken);
        Say(calibration.ToString());
        await using var workers = new WorkerPool(plan, surroundings);
        await workers.StartAllAsync(new EveryFewWorkers(this, plan.Processes), cancellationToken);
        var before = await surroundings.CountAsync(cancellationToken);
        await workers.GoAsync();

        var start = Clock.Now;
        var measureFrom = start + Clock.Of(plan.WarmUpSeconds);
        var measureTo = measureFrom + Clock.Of(plan.Seconds);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var killer = plan.KillEverySeconds > 0 ? new Killer(workers, plan.KillEverySeconds) : null;
        // The last kill has its full time to show what it does.
        var killing = killer?.RunAsync(measureTo - Clock.Of(plan.KillEverySeconds), ending.Token) ?? Task.CompletedTask;
        var measuring = MeasureAsync(surroundings, start, measureFrom, measureTo, ending.Token);
        try
        {
            await foreach (var finished in Task.WhenEach(measuring, Unless(killing), workers.Failed))
            {
                await finished;
                if (finished == measuring)
                {
                    break;
                }
            }

            await killing;
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(measuring, killing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        var after = await measuring;
        await workers.DisposeAsync();
        var arrivals = await surroundings.ReadArrivalsAsync(cancellationToken);
        await WriteArrivalsAsync(arrivals, start, cancellationToken);
        return LoadResult.Of(arrivals, measureFrom, before, after, killer is null ? plan.Processes : null, killer?.Kills);
    }

    /// <summary>A task that ends only when the other one fails.</summary>
    private static async Task Unless(Task task)
    {
        await task;
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
    }

    private async Task<StorageCounts> MeasureAsync(
        Surroundings surroundings, long start, long from, long to, CancellationToken cancellationToken)
    {
        await FollowAsync("warm-up", surroundings, start, from, cancellationToken);
        await FollowAsync("measured", surroundings, from, to, cancellationToken);
        var after = await surroundings.CountAsync(cancellationToken);
        await Clock.DelayAsync(TailSeconds, cancellationToken);
        return after;
    }

    private async Task FollowAsync(string what, Surroundings surroundings, long from, long to, CancellationToken cancellationToken)
    {
        var counts = await surroundings.CountAsync(cancellationToken);
        var state = await surroundings.ReadStateAsync(cancellationToken);
        while (Clock.Now < to)
        {
            await Clock.DelayAsync(Math.Min(ProgressSeconds, Clock.Seconds(to - Clock.Now)), cancellationToken);
            var newCounts = await surroundings.CountAsync(cancellationToken);
            var newState = await surroundings.ReadStateAsync(cancellationToken);
            var permits = newState.Count - state.Count;
            var requests = newCounts.Since(counts);
            Say(string.Create(CultureInfo.InvariantCulture, $"{what} {Clock.Seconds(newCounts.At - from),3:0} of {Clock.Seconds(to - from):0} s: "
                + $"{permits,3} permits, {requests.Requests,3} storage trips, {requests.Conflicts,2} conflicts, busiest window so far {newState.Busiest}"));
            (counts, state) = (newCounts, newState);
        }
    }

    private async Task WriteArrivalsAsync(ArrivalRecord[] arrivals, long zero, CancellationToken cancellationToken)
    {
        if (plan.ArrivalsFile is { } file)
        {
            await File.WriteAllLinesAsync(
                file,
                arrivals.Select(arrival => string.Create(
                    CultureInfo.InvariantCulture, $"{Clock.Seconds(arrival.At - zero):0.000000},{arrival.Sender},{arrival.Wait:0.000000},{arrival.Travel:0.000000}")),
                cancellationToken);
        }
    }

    private void Say(string text) => progress.WriteLine($"  {text}");

    private sealed class EveryFewWorkers(LoadRun run, int all) : IProgress<int>
    {
        public void Report(int value)
        {
            if (value % 4 == 0 || value == all)
            {
                run.Say($"{value} of {all} processes are ready");
            }
        }
    }
}
