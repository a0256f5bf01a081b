using System.Globalization;

namespace TableRateLimiting.Load.Results;

/// <summary>A result in words, for the console.</summary>
internal static class ResultText
{
    public static IEnumerable<string> Of(LoadResult result, Targets targets)
    {
        yield return Line("Permits", $"{result.Permits} in {result.Seconds:0.0} s ({result.Permits / result.Seconds / Targets.PermitLimit:P1} of 7/s by plain count)");
        yield return Line("Rate", $"{result.Rate:P2} of 7/s over whole cycles{Asked(targets.LeastRate, "P0", "at least")}");
        yield return Line("Busiest 1-s window", $"{result.BusiestOfAll} in the whole run, {result.Busiest} in the measured time (at most {Targets.PermitLimit})");
        yield return Line("Closest cycle", $"{result.ClosestCycle * 1000:0.0} ms from an arrival to the 7th after it");
        yield return Line("Storage trips/permit", $"{result.TripsPerPermit:0.000} ({result.Requests} requests){Asked(targets.MostTrips, "0.##", "at most")}");
        yield return Line("Conflicts/permit", $"{result.ConflictsPerPermit:0.000} ({result.Conflicts})");
        foreach (var (kind, count) in result.Answers)
        {
            yield return Line("", $"{count,6} x {kind}");
        }

        if (result.Share is { } share)
        {
            yield return Line("Smallest/largest share", $"{share:0.000}{Asked(targets.LeastShare, "0.##", "at least")}");
        }

        yield return Line("Wait for a permit", $"p50 {result.MedianWait:0.000} s, p99 {result.LongWait:0.000} s");
        yield return Line("Travel to the receiver", $"p50 {result.MedianTravel * 1000:0.0} ms, p99 {result.LongTravel * 1000:0.0} ms, longest {result.LongestTravel * 1000:0.0} ms; busiest second of permits {result.BusiestOfGrants}");
        yield return Line("Longest gap", $"{result.LongestGap:0.000} s without an arrival");
        if (result.Recoveries is { Count: > 0 } recoveries)
        {
            yield return Line("Recovery after a kill", $"{result.LongestRecovery:0.000} s at the worst of {recoveries.Count}{Asked(targets.MostRecoverySeconds, "0.#", "at most")}");
            yield return Line("", $"{string.Join("  ", recoveries.Select(one => one.ToString("0.00", CultureInfo.InvariantCulture)))}");
        }

        foreach (var miss in result.Misses(targets))
        {
            yield return $"  MISSED: {miss}.";
        }
    }

    private static string Line(string name, FormattableString value) => $"  {name,-23}{FormattableString.Invariant(value)}";

    private static string Asked(double? target, string format, string word) =>
        target is { } value ? $" ({word} {value.ToString(format, CultureInfo.InvariantCulture)})" : "";
}
