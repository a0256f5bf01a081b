using System.Diagnostics.Metrics;

namespace TableRateLimiting.Internal;

/// <summary>The instruments of the meter "TableRateLimiting"; every measurement carries the scope it belongs to.</summary>
internal sealed class LimiterMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly KeyValuePair<string, object?> _scope;
    private readonly Counter<long> _granted;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _voided;
    private readonly Counter<long> _swaps;
    private readonly Counter<long> _conflicts;
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _wait;
    private readonly Histogram<double> _margin;
    private readonly Histogram<double> _lead;
    private readonly UpDownCounter<int> _fallback;
    private readonly bool _owned;

    public LimiterMetrics(IMeterFactory? factory, string scope)
    {
        _owned = factory is null;
        _meter = factory?.Create(TableRateLimiter.MeterName) ?? new Meter(TableRateLimiter.MeterName);
        _scope = new("table_rate_limiting.scope", scope);
        _granted = _meter.CreateCounter<long>("table_rate_limiting.permits.granted", "{permit}", "Permits handed to callers");
        _refused = _meter.CreateCounter<long>("table_rate_limiting.permits.refused", "{permit}", "Permits refused to callers");
        _voided = _meter.CreateCounter<long>("table_rate_limiting.permits.voided", "{permit}", "Permits booked and not used in time");
        _swaps = _meter.CreateCounter<long>("table_rate_limiting.swaps", "{swap}", "Changes of the record that went in");
        _conflicts = _meter.CreateCounter<long>("table_rate_limiting.conflicts", "{swap}", "Changes of the record that another process forestalled");
        _requests = _meter.CreateCounter<long>("table_rate_limiting.requests", "{request}", "Requests to storage");
        _wait = _meter.CreateHistogram<double>("table_rate_limiting.wait", "s", "Time from asking for a permit to having it");
        _margin = _meter.CreateHistogram<double>("table_rate_limiting.margin", "s", "The margin in use at each booking");
        _lead = _meter.CreateHistogram<double>("table_rate_limiting.lead", "s", "The lead in use at each booking");
        _fallback = _meter.CreateUpDownCounter<int>("table_rate_limiting.fallback", "{limiter}", "Limiters that live on their own share because storage is away");
    }

    public void Granted(int permits, TimeSpan wait)
    {
        _granted.Add(permits, _scope);
        _wait.Record(wait.TotalSeconds, _scope);
    }

    public void Booked(TimeSpan margin, TimeSpan lead)
    {
        _margin.Record(margin.TotalSeconds, _scope);
        _lead.Record(lead.TotalSeconds, _scope);
    }

    public void Refused(int permits) => _refused.Add(permits, _scope);

    public void Voided(int permits)
    {
        if (permits > 0)
        {
            _voided.Add(permits, _scope);
        }
    }

    public void Swapped() => _swaps.Add(1, _scope);

    public void Conflicted() => _conflicts.Add(1, _scope);

    public void Asked() => _requests.Add(1, _scope);

    public void Fallback(bool active) => _fallback.Add(active ? 1 : -1, _scope);

    public void Dispose()
    {
        // A factory's meters live as long as the factory.
        if (_owned)
        {
            _meter.Dispose();
        }
    }
}
