namespace KommoFunctions.Receiver;

/// <summary>When requests arrived, by the receiver's own monotonic clock.</summary>
internal sealed class ArrivalLog
{
    private readonly Lock _gate = new();
    private readonly List<long> _arrivals = [];

    public void Arrived()
    {
        lock (_gate)
        {
            _arrivals.Add(TimeProvider.System.GetTimestamp());
        }
    }

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _arrivals.Clear();
        }
    }

    /// <summary>The number of arrivals, the most within any one second, and how many a second there were from the first to the last.</summary>
    public (int Count, int Busiest, double Rate) Summarize()
    {
        long[] arrivals;
        lock (_gate)
        {
            arrivals = [.. _arrivals.Order()];
        }

        var (busiest, from) = (0, 0);
        for (var to = 0; to < arrivals.Length; to++)
        {
            while (TimeProvider.System.GetElapsedTime(arrivals[from], arrivals[to]) >= TimeSpan.FromSeconds(1))
            {
                from++;
            }

            busiest = Math.Max(busiest, to - from + 1);
        }

        var span = arrivals.Length < 2 ? TimeSpan.Zero : TimeProvider.System.GetElapsedTime(arrivals[0], arrivals[^1]);
        return (arrivals.Length, busiest, span > TimeSpan.Zero ? (arrivals.Length - 1) / span.TotalSeconds : 0);
    }
}
