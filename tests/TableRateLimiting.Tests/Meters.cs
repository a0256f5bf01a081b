using System.Diagnostics.Metrics;

namespace TableRateLimiting.Tests;

/// <summary>Meters of one test's own, so that no other test's measurements are counted.</summary>
internal sealed class Meters : IMeterFactory
{
    private readonly List<Meter> _meters = [];

    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        _meters.Add(new Meter(options));
        return _meters[^1];
    }

    public void Dispose() => _meters.ForEach(meter => meter.Dispose());
}
