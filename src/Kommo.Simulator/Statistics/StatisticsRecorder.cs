using Kommo.Simulator.Limits;

namespace Kommo.Simulator.Statistics;

/// <summary>Counts what happens. The arrivals have a window of their own, so that a reset does not touch the limit.</summary>
internal sealed class StatisticsRecorder(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _byRoute = [];
    private SlidingWindow _window = new(time.TimestampFrequency);
    private SimulatorStatistics _counts = new();
    private HookStatistics _hooks = new();
    private TimeSpan _acknowledging;

    public void Reset()
    {
        lock (_gate)
        {
            _byRoute.Clear();
            _window = new SlidingWindow(time.TimestampFrequency);
            (_counts, _hooks, _acknowledging) = (new(), new(), TimeSpan.Zero);
        }
    }

    public SimulatorStatistics Read(int pendingHooks)
    {
        lock (_gate)
        {
            return _counts with
            {
                RequestsByRoute = _byRoute.OrderBy(route => route.Key, StringComparer.Ordinal).ToDictionary(),
                BusiestWindow = _window.Busiest,
                Hooks = _hooks with
                {
                    Pending = pendingHooks,
                    MeanAcknowledgement = _hooks.Acknowledged == 0 ? null : _acknowledging / _hooks.Acknowledged,
                },
            };
        }
    }

    public void RecordRequest(long arrival, string route, bool isToken, Admission admission)
    {
        lock (_gate)
        {
            _window.Add(arrival);
            _byRoute[route] = _byRoute.GetValueOrDefault(route) + 1;
            _counts = _counts with
            {
                Requests = _counts.Requests + 1,
                TokenRequests = _counts.TokenRequests + (isToken ? 1 : 0),
                Refused = _counts.Refused + (admission == Admission.TooMany ? 1 : 0),
                Blocked = _counts.Blocked + (admission == Admission.Blocked ? 1 : 0),
            };
        }
    }

    /// <summary>A request to a host that the limit knows nothing of: counted by its route alone.</summary>
    public void RecordElsewhere(string route)
    {
        lock (_gate)
        {
            _byRoute[route] = _byRoute.GetValueOrDefault(route) + 1;
        }
    }

    public void RecordFault()
    {
        lock (_gate)
        {
            _counts = _counts with { Faulted = _counts.Faulted + 1 };
        }
    }

    public void RecordChange(int subscribers)
    {
        lock (_gate)
        {
            _hooks = _hooks with { Changes = _hooks.Changes + 1, Queued = _hooks.Queued + subscribers };
        }
    }

    public void RecordAttempt(PendingHook hook)
    {
        bool first = hook.Attempt == 1;
        lock (_gate)
        {
            _hooks = hook.IsExtra
                ? _hooks with { ExtraDeliveries = _hooks.ExtraDeliveries + (first ? 1 : 0) }
                : _hooks with { Attempts = _hooks.Attempts + 1, Sent = _hooks.Sent + (first ? 1 : 0) };
        }
    }

    public void RecordAcknowledged(PendingHook hook, TimeSpan elapsed)
    {
        lock (_gate)
        {
            if (!hook.IsExtra)
            {
                _acknowledging += elapsed;
                _hooks = _hooks with
                {
                    Acknowledged = _hooks.Acknowledged + 1,
                    FirstAcknowledgement = _hooks.FirstAcknowledgement ?? elapsed,
                    SlowestAcknowledgement = _hooks.SlowestAcknowledgement > elapsed ? _hooks.SlowestAcknowledgement : elapsed,
                };
            }
        }
    }

    public void RecordFailedAttempt(PendingHook hook)
    {
        lock (_gate)
        {
            _hooks = hook.IsExtra ? _hooks : _hooks with { FailedAttempts = _hooks.FailedAttempts + 1 };
        }
    }

    public void RecordGivenUp(PendingHook hook)
    {
        lock (_gate)
        {
            _hooks = hook.IsExtra ? _hooks : _hooks with { GivenUp = _hooks.GivenUp + 1 };
        }
    }
}
