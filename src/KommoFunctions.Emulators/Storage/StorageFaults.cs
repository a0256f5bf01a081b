namespace KommoFunctions.Emulators.Storage;

/// <summary>What goes wrong between the caller and storage. All of it can be changed while requests run.</summary>
public sealed class StorageFaults
{
    private readonly List<ActiveStorageFault> _faults = [];
    private readonly Lock _lock = new();
    private readonly Random _random;
    private volatile bool _refuseConnections;
    private volatile StorageLatency _requestLatency = StorageLatency.None;
    private volatile StorageLatency _responseLatency = StorageLatency.None;

    internal StorageFaults(int seed) => _random = new Random(seed);

    /// <summary>Whether every connection, new or open, is reset at its first byte. Default <see langword="false"/>.</summary>
    public bool RefuseConnections
    {
        get => _refuseConnections;
        set => _refuseConnections = value;
    }

    /// <summary>The delay on the way to storage: what was read before may have changed when it gets there. Default none.</summary>
    public StorageLatency RequestLatency
    {
        get => _requestLatency;
        set => _requestLatency = value;
    }

    /// <summary>The delay on the way back, after storage has acted. Default none.</summary>
    public StorageLatency ResponseLatency
    {
        get => _responseLatency;
        set => _responseLatency = value;
    }

    /// <summary>Lets matching requests fail until <see cref="StorageFault.Times"/> is used up or the result is disposed.</summary>
    public IDisposable Add(StorageFault fault)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fault.Times ?? 1, 1);
        var active = new ActiveStorageFault(fault, this);
        lock (_lock)
        {
            _faults.Add(active);
        }

        return active;
    }

    /// <summary>Lets the next matching request fail, once.</summary>
    public IDisposable FailNext(StorageFaultKind kind, Func<StorageRequestKind, bool>? matches = null) =>
        Add(new StorageFault { Kind = kind, Matches = matches ?? (_ => true), Times = 1 });

    /// <summary>Lifts every fault, delays included; what stalls goes on.</summary>
    public void Clear()
    {
        RefuseConnections = false;
        RequestLatency = StorageLatency.None;
        ResponseLatency = StorageLatency.None;
        ActiveStorageFault[] lifted;
        lock (_lock)
        {
            lifted = [.. _faults];
        }

        foreach (var fault in lifted)
        {
            fault.Dispose();
        }
    }

    internal ActiveStorageFault? Take(StorageRequestKind kind)
    {
        lock (_lock)
        {
            var fault = _faults.FirstOrDefault(candidate =>
                candidate.Fault.Matches(kind)
                && (candidate.Fault.Probability >= 1 || _random.NextDouble() < candidate.Fault.Probability));
            if (fault is not null && fault.UseUp())
            {
                _faults.Remove(fault);
            }

            return fault;
        }
    }

    internal void Remove(ActiveStorageFault fault)
    {
        lock (_lock)
        {
            _faults.Remove(fault);
        }
    }

    internal TimeSpan Draw(StorageLatency latency)
    {
        if (latency.Jitter == TimeSpan.Zero)
        {
            return latency.Least;
        }

        lock (_lock)
        {
            return latency.Least + (latency.Jitter * _random.NextDouble());
        }
    }
}
