using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace KommoFunctions.Core.Tests.Framework;

/// <summary>What one process measured with one of the core's instruments.</summary>
internal static class Measurements
{
    public static MetricCollector<T> Measure<T>(this CoreProcess process, string instrument)
        where T : struct => new(process.Get<IMeterFactory>(), CoreMetrics.MeterName, instrument);
}
