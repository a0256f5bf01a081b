namespace TableRateLimiting.Load.Results;

/// <summary>What can be said of a sorted list of instants.</summary>
internal static class Instants
{
    /// <summary>The most instants in any half-open window [t, t + length).</summary>
    public static int Busiest(ReadOnlySpan<long> instants, long length)
    {
        var (most, first) = (0, 0);
        for (var last = 0; last < instants.Length; last++)
        {
            while (instants[last] - instants[first] >= length)
            {
                first++;
            }

            most = Math.Max(most, last - first + 1);
        }

        return most;
    }

    /// <summary>The least distance between an instant and the one <paramref name="steps"/> later, or null when there are too few.</summary>
    public static long? LeastDistance(ReadOnlySpan<long> instants, int steps)
    {
        long? least = null;
        for (var i = steps; i < instants.Length; i++)
        {
            least = Math.Min(least ?? long.MaxValue, instants[i] - instants[i - steps]);
        }

        return least;
    }

    /// <summary>The longest part of [from, to) without an instant.</summary>
    public static long LongestGap(ReadOnlySpan<long> instants, long from, long to)
    {
        var (longest, before) = (0L, from);
        foreach (var instant in instants)
        {
            if (instant >= from && instant < to)
            {
                longest = Math.Max(longest, instant - before);
                before = instant;
            }
        }

        return Math.Max(longest, to - before);
    }

    /// <summary>
    /// Instants a second, over whole cycles. Grants of a sliding log come in cycles of as many as the limit, so that a plain
    /// count over an interval is wrong by up to one cycle. This takes the last instant before the interval and the first one
    /// at or after its end that is a whole number of cycles later: all between the two is counted, a standstill at either end
    /// included. Null when the instants do not reach that far.
    /// </summary>
    public static double? RateOverCycles(ReadOnlySpan<long> instants, int cycle, long from, long to)
    {
        var first = -1;
        for (var i = 0; i < instants.Length && instants[i] < from; i++)
        {
            first = i;
        }

        for (var last = first + cycle; first >= 0 && last < instants.Length; last += cycle)
        {
            if (instants[last] >= to)
            {
                return (last - first) / Clock.Seconds(instants[last] - instants[first]);
            }
        }

        return null;
    }
}
