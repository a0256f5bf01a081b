namespace TableRateLimiting.Tests.Simulation;

/// <summary>What the limited service sees.</summary>
internal sealed class Receiver
{
    private readonly List<long> _arrivals = [];

    public int Count => _arrivals.Count;

    public void Arrive(long instant, int permits)
    {
        lock (_arrivals)
        {
            _arrivals.AddRange(Enumerable.Repeat(instant, permits));
        }
    }

    /// <summary>The most arrivals in any half-open window of this length.</summary>
    public int Most(TimeSpan window)
    {
        long[] sorted = [.. _arrivals.Order()];
        var most = 0;
        for (int first = 0, last = 0; last < sorted.Length; last++)
        {
            while (sorted[last] - sorted[first] >= window.Ticks)
            {
                first++;
            }

            most = Math.Max(most, last - first + 1);
        }

        return most;
    }
}
