using TableRateLimiting.Load.Receiver;
using TableRateLimiting.Load.Storage;

namespace TableRateLimiting.Load.Results;

/// <summary>What a run came to. All of it is from the callers, the receiver and the proxy; the limiter itself is not asked.</summary>
internal sealed record LoadResult
{
    public required double Seconds { get; init; }

    /// <summary>Arrivals in the measured time.</summary>
    public required int Permits { get; init; }

    /// <summary>Arrivals from the first on.</summary>
    public required int PermitsOfAll { get; init; }

    /// <summary>Of the limit, 0 to 1, over whole cycles (<see cref="Instants.RateOverCycles"/>).</summary>
    public required double Rate { get; init; }

    /// <summary>In the measured time.</summary>
    public required int Busiest { get; init; }

    /// <summary>In the whole run, warm-up and end included.</summary>
    public required int BusiestOfAll { get; init; }

    /// <summary>Seconds between an arrival and the one that is as many later as the limit, at the least: what is above 1 was not used of the margin.</summary>
    public required double ClosestCycle { get; init; }

    public required long Requests { get; init; }

    public required long Conflicts { get; init; }

    /// <summary>The table service's answers from the first on.</summary>
    public required IReadOnlyDictionary<string, long> Answers { get; init; }

    /// <summary>Permits of the process with the fewest as a share of those of the one with the most; null when processes came and went.</summary>
    public required double? Share { get; init; }

    /// <summary>Seconds from asking for a permit to having it.</summary>
    public required double MedianWait { get; init; }

    public required double LongWait { get; init; }

    /// <summary>Seconds from having a permit to the request's arrival, over the whole run.</summary>
    public required double MedianTravel { get; init; }

    public required double LongTravel { get; init; }

    public required double LongestTravel { get; init; }

    /// <summary>The most permits handed out in any second of the whole run, by the senders' own notes: whether the limiter or the way was to blame.</summary>
    public required int BusiestOfGrants { get; init; }

    public required double LongestGap { get; init; }

    /// <summary>Seconds after each kill of the measured time; null when nobody was killed.</summary>
    public required IReadOnlyList<double>? Recoveries { get; init; }

    /// <summary>Null when nobody was killed in the measured time.</summary>
    public double? LongestRecovery => Recoveries is { Count: > 0 } ? Recoveries.Max() : null;

    public double TripsPerPermit => (double)Requests / PermitsOfAll;

    public double ConflictsPerPermit => (double)Conflicts / PermitsOfAll;

    /// <param name="arrivals">Of the whole run, in order.</param>
    /// <param name="from">The beginning of the measured time.</param>
    /// <param name="before">The storage's counts before the first permit was asked for.</param>
    /// <param name="after">Those at its end.</param>
    /// <param name="processes">How many processes there were all along, or null when they came and went.</param>
    /// <param name="kills">When processes were killed, or null when none was to be.</param>
    public static LoadResult Of(
        ArrivalRecord[] arrivals, long from, StorageCounts before, StorageCounts after, int? processes, IReadOnlyList<long>? kills)
    {
        var to = after.At;
        var all = Array.ConvertAll(arrivals, arrival => arrival.At);
        var measured = arrivals.Where(arrival => arrival.At >= from && arrival.At < to).ToList();
        long[] instants = [.. measured.Select(arrival => arrival.At)];
        double[] waits = [.. measured.Select(arrival => arrival.Wait).Order()];
        double[] travels = [.. arrivals.Select(arrival => arrival.Travel).Order()];
        var storage = after.Since(before);
        var seconds = Clock.Seconds(to - from);
        return new LoadResult
        {
            Seconds = seconds,
            Permits = instants.Length,
            PermitsOfAll = arrivals.Count(arrival => arrival.At < to),
            Rate = (Instants.RateOverCycles(all, Targets.PermitLimit, from, to) ?? instants.Length / seconds) / Targets.PermitLimit,
            Busiest = Instants.Busiest(instants, Clock.OneSecond),
            BusiestOfAll = Instants.Busiest(all, Clock.OneSecond),
            ClosestCycle = Instants.LeastDistance(all, Targets.PermitLimit) is { } distance ? Clock.Seconds(distance) : double.PositiveInfinity,
            Requests = storage.Requests,
            Conflicts = storage.Conflicts,
            Answers = storage.Answers,
            Share = processes is { } count ? ShareOf(measured, count) : null,
            MedianWait = Percentile(waits, 0.5),
            LongWait = Percentile(waits, 0.99),
            MedianTravel = Percentile(travels, 0.5),
            LongTravel = Percentile(travels, 0.99),
            LongestTravel = Percentile(travels, 1),
            BusiestOfGrants = Instants.Busiest([.. arrivals.Select(arrival => arrival.Granted).Order()], Clock.OneSecond),
            LongestGap = Clock.Seconds(Instants.LongestGap(all, from, to)),
            Recoveries = kills is null ? null : Recovery.OfKills(all, kills, from, to),
        };
    }

    /// <summary>What was missed, each in a sentence; empty when the run reached its targets.</summary>
    public IReadOnlyList<string> Misses(Targets targets)
    {
        var misses = new List<string>();
        void Hold(bool reached, FormattableString miss)
        {
            if (!reached)
            {
                misses.Add(FormattableString.Invariant(miss));
            }
        }

        Hold(BusiestOfAll <= Targets.PermitLimit, $"{BusiestOfAll} arrivals within one second, {Targets.PermitLimit} are allowed");
        Hold(!(Rate < targets.LeastRate), $"{Rate:P2} of the rate, {targets.LeastRate:P0} are asked for");
        Hold(!(TripsPerPermit > targets.MostTrips), $"{TripsPerPermit:0.000} storage trips per permit, {targets.MostTrips} are allowed");
        Hold(!(Share < targets.LeastShare), $"a smallest share of {Share:0.00} of the largest, {targets.LeastShare} are asked for");
        if (targets.MostRecoverySeconds is { } most)
        {
            Hold(Recoveries is { Count: > 0 }, $"no kill in the measured time, so that no recovery was measured");
            Hold(!(LongestRecovery > most), $"{LongestRecovery:0.00} s until the rate was back after a kill, {most} s are allowed");
        }

        return misses;
    }

    private static double ShareOf(IEnumerable<ArrivalRecord> arrivals, int processes)
    {
        var counts = arrivals.CountBy(arrival => arrival.Sender).Select(sender => sender.Value).ToList();
        return counts.Count < processes ? 0 : (double)counts.Min() / counts.Max();
    }

    private static double Percentile(double[] sorted, double share) =>
        sorted.Length == 0 ? double.NaN : sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
}
