using System.Globalization;
using TableRateLimiting.Load.Children;
using TableRateLimiting.Load.Results;
using TableRateLimiting.Load.Running;
using TableRateLimiting.Load.Storage;
using TableRateLimiting.Load.Worker;

namespace TableRateLimiting.Load.Idle;

/// <summary>
/// Two limiters, each in its own process and with a limit of its own: after each idle time one is asked for a single permit,
/// and a second later, when nothing of that is under way any more, the other for as many as the limit.
/// </summary>
internal sealed class IdleRun(IdlePlan plan, TextWriter progress)
{
    private const int SingleNumber = 0;
    private const int BurstNumber = 1;
    private const double ProgressSeconds = 10;

    /// <summary>For a request that follows the permit in the background, so that it is counted too.</summary>
    private const double SettleSeconds = 1;

    public async Task<IReadOnlyList<IdleStep>> RunAsync(CancellationToken cancellationToken)
    {
        await using var surroundings = await Surroundings.StartAsync(plan.LatencyMilliseconds, plan.Spread, cancellationToken);
        Say((await Calibration.OfAsync(surroundings.Storage, cancellationToken)).ToString());
        await using var single = await StartAsync(surroundings, SingleNumber, cancellationToken);
        await using var burst = await StartAsync(surroundings, BurstNumber, cancellationToken);
        var steps = new List<IdleStep>();
        var before = await surroundings.CountAsync(cancellationToken);
        foreach (var idle in plan.IdleSeconds.Cast<double?>().Prepend(null))
        {
            await WaitAsync(idle ?? 0, cancellationToken);
            var woken = await surroundings.CountAsync(cancellationToken);
            var afterSingle = await UseAsync(single, 1, surroundings, cancellationToken);
            var afterBurst = await UseAsync(burst, Targets.PermitLimit, surroundings, cancellationToken);
            steps.Add(await MeasureAsync(surroundings, idle, afterSingle.Since(woken), afterBurst.Since(afterSingle), woken.Since(before), cancellationToken));
            Say(IdleText.Of(steps[^1]));
            before = afterBurst;
        }

        return steps;
    }

    private static async Task<StorageCounts> UseAsync(Child worker, int permits, Surroundings surroundings, CancellationToken cancellationToken)
    {
        await worker.TellAsync(string.Create(CultureInfo.InvariantCulture, $"use {permits}"));
        await worker.ExpectAsync("used", cancellationToken);
        await Clock.DelayAsync(SettleSeconds, cancellationToken);
        return await surroundings.CountAsync(cancellationToken);
    }

    private static async Task<IdleStep> MeasureAsync(
        Surroundings surroundings, double? idle, StorageCounts single, StorageCounts burst, StorageCounts whileIdle, CancellationToken cancellationToken)
    {
        var arrivals = await surroundings.ReadArrivalsAsync(cancellationToken);
        long[] ofBursts = [.. arrivals.Where(arrival => arrival.Sender == BurstNumber).Select(arrival => arrival.At)];
        return new IdleStep(
            idle,
            single,
            arrivals.Last(arrival => arrival.Sender == SingleNumber).Wait,
            burst,
            Clock.Seconds(ofBursts[^1] - ofBursts[^Targets.PermitLimit]),
            Instants.Busiest(ofBursts, Clock.OneSecond),
            whileIdle);
    }

    private Task<Child> StartAsync(Surroundings surroundings, int number, CancellationToken cancellationToken) =>
        Workers.StartAsync(
            new WorkerSettings(
                number,
                Targets.PermitLimit,
                string.Create(CultureInfo.InvariantCulture, $"idle-{number}"),
                surroundings.Storage.Counted,
                surroundings.Storage.Direct,
                surroundings.Receiver.Target,
                ClockSkew: 0,
                plan.Options),
            cancellationToken);

    private async Task WaitAsync(double seconds, CancellationToken cancellationToken)
    {
        for (var left = seconds; left > 0; left -= ProgressSeconds)
        {
            if (left != seconds)
            {
                Say(string.Create(CultureInfo.InvariantCulture, $"idle for {seconds - left:0} of {seconds:0} s"));
            }

            await Clock.DelayAsync(Math.Min(ProgressSeconds, left), cancellationToken);
        }
    }

    private void Say(string text) => progress.WriteLine($"  {text}");
}
