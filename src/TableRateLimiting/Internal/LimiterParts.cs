using Microsoft.Extensions.Logging;

namespace TableRateLimiting.Internal;

/// <summary>What the parts of one limiter share.</summary>
/// <param name="Settings">The options.</param>
/// <param name="Clock">The service's time.</param>
/// <param name="Lead">How long before its first instant a swap has to write.</param>
/// <param name="Margin">How wide a grant has to be.</param>
/// <param name="Congestion">How far capacity is booked ahead.</param>
/// <param name="Swapper">Changes the record.</param>
/// <param name="Metrics">The instruments.</param>
/// <param name="Logger">The log.</param>
/// <param name="Gate">Held while the limiter's state is read or changed.</param>
/// <param name="Background">Starts work that no caller waits for.</param>
internal sealed record LimiterParts(
    Settings Settings,
    StorageClock Clock,
    LeadEstimator Lead,
    MarginEstimator Margin,
    Congestion Congestion,
    GrantSwapper Swapper,
    LimiterMetrics Metrics,
    ILogger Logger,
    Lock Gate,
    Action<Func<Task>> Background)
{
    public static LimiterParts Create(
        IGrantStore store, Settings settings, StorageClock clock, TimeProvider time, Random random, LimiterMetrics metrics, ILogger logger, Action<Func<Task>> background)
    {
        var lead = new LeadEstimator(settings.MinLead, settings.MaxLead);
        return new LimiterParts(
            settings,
            clock,
            lead,
            new MarginEstimator(settings),
            new Congestion(settings),
            new GrantSwapper(store, clock, lead, settings, time, random, metrics, logger),
            metrics,
            logger,
            new Lock(),
            background);
    }
}
