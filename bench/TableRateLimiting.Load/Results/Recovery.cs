namespace TableRateLimiting.Load.Results;

/// <summary>
/// How long after a kill the rate is back. Grants come in cycles of the limit, so the rate is taken over as many permits as
/// belong to two seconds (14), not over two seconds: a stretch of 14 permits in a row is <em>slow</em> when it takes longer than
/// at 90 % of the limit (14 / 6.3 s = 2.22 s). A kill takes effect when the system has removed the process. Of the stretches
/// that begin at that instant or at an arrival after it, the rate is back with the first one after the last slow one that ends
/// before the next kill, and the recovery is the time from the effect to the beginning of that stretch. A stretch that reaches
/// beyond the next kill can make the recovery longer, never shorter.
/// </summary>
internal static class Recovery
{
    private const int Stretch = 2 * Targets.PermitLimit;
    private const double Back = 0.9;

    /// <returns>One for each kill in [from, to), in seconds; infinite where the rate did not come back while it was looked at.</returns>
    public static IReadOnlyList<double> OfKills(ReadOnlySpan<long> arrivals, IReadOnlyList<long> kills, long from, long to)
    {
        var recoveries = new List<double>();
        for (var i = 0; i < kills.Count; i++)
        {
            if (kills[i] >= from && kills[i] < to)
            {
                recoveries.Add(Of(arrivals, kills[i], i + 1 < kills.Count ? kills[i + 1] : long.MaxValue));
            }
        }

        return recoveries;
    }

    private static double Of(ReadOnlySpan<long> arrivals, long kill, long nextKill)
    {
        var longest = Clock.Of(Stretch / (Back * Targets.PermitLimit));
        var first = 0;
        while (first < arrivals.Length && arrivals[first] < kill)
        {
            first++;
        }

        // The stretch from the kill itself ends with its 14th arrival; one from an arrival on, with the 14th after that.
        long? back = null;
        for (var i = first - 1; i + Stretch < arrivals.Length; i++)
        {
            var begin = i < first ? kill : arrivals[i];
            var end = arrivals[i + Stretch];
            if (end - begin <= longest)
            {
                back ??= begin;
            }
            else if (end < nextKill || back is null)
            {
                back = null;
            }

            if (end >= nextKill && back is not null)
            {
                break;
            }
        }

        return back is { } instant ? Clock.Seconds(instant - kill) : double.PositiveInfinity;
    }
}
