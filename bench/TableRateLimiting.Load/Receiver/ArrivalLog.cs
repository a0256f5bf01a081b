using TableRateLimiting.Load.Results;

namespace TableRateLimiting.Load.Receiver;

/// <summary>All arrivals, in memory that is there from the beginning.</summary>
internal sealed class ArrivalLog
{
    private const int Capacity = 1 << 16;

    private readonly List<(long At, int Sender, long Asked, long Granted)> _arrivals = new(Capacity);
    private readonly Lock _lock = new();

    public void Add(long at, int sender, long asked, long granted)
    {
        lock (_lock)
        {
            _arrivals.Add((at, sender, asked, granted));
        }
    }

    /// <summary>In the order of their instants, which may differ a little from that of their entries.</summary>
    public ArrivalRecord[] Read()
    {
        lock (_lock)
        {
            return [.. _arrivals.OrderBy(one => one.At).Select(one => new ArrivalRecord(one.At, one.Sender, one.Asked, one.Granted))];
        }
    }

    public ReceiverState ReadState()
    {
        var instants = Array.ConvertAll(Read(), arrival => arrival.At);
        return new ReceiverState(instants.Length, Instants.Busiest(instants, Clock.OneSecond));
    }
}
