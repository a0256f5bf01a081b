namespace Kommo.Simulator.Limits;

/// <summary>What becomes of a request on arrival.</summary>
internal enum Admission
{
    Admitted,
    TooMany,
    Blocked,
}

/// <summary>
/// Seven requests in any second, 429 for the next, and the block for those who insist (Kommo: Limitations, HTTP codes). Refused
/// requests count as requests.
/// </summary>
internal sealed class RequestLimit(KommoSimulatorOptions options)
{
    private readonly Lock _gate = new();
    private readonly SlidingWindow _window = new(options.TimeProvider.TimestampFrequency);
    private readonly Queue<long> _refusals = new();
    private bool _blocked;

    public bool IsBlocked
    {
        get
        {
            lock (_gate)
            {
                return _blocked;
            }
        }
    }

    public Admission Admit(long arrival)
    {
        lock (_gate)
        {
            int busy = _window.Add(arrival);
            if (_blocked)
            {
                return Admission.Blocked;
            }

            if (busy <= options.RequestsPerSecond)
            {
                return Admission.Admitted;
            }

            Refuse(arrival);
            return Admission.TooMany;
        }
    }

    public void Block()
    {
        lock (_gate)
        {
            _blocked = true;
        }
    }

    public void Unblock()
    {
        lock (_gate)
        {
            _blocked = false;
            _refusals.Clear();
        }
    }

    private void Refuse(long arrival)
    {
        if (options.BlockAfterRateLimited == 0)
        {
            return;
        }

        _refusals.Enqueue(arrival);
        while (options.TimeProvider.GetElapsedTime(_refusals.Peek(), arrival) >= options.BlockWindow && _refusals.Count > 1)
        {
            _refusals.Dequeue();
        }

        _blocked = _refusals.Count >= options.BlockAfterRateLimited;
    }
}
