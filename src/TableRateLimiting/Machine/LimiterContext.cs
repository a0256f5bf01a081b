using Microsoft.Extensions.Logging;
using TableRateLimiting.Internal;

namespace TableRateLimiting.Machine;

/// <summary>What the parts of one machine share.</summary>
internal sealed class LimiterContext(Settings settings, Random random, LimiterMetrics metrics, ILogger logger)
{
    public Settings Settings => settings;

    public Random Random => random;

    public LimiterMetrics Metrics => metrics;

    public ILogger Logger => logger;

    /// <summary>How long before its first instant a swap has to write.</summary>
    public LeadEstimator Lead { get; } = new(settings.MinLead, settings.MaxLead);

    /// <summary>How wide a grant has to be.</summary>
    public MarginEstimator Margin { get; } = new(settings);

    /// <summary>How far capacity is booked ahead.</summary>
    public Congestion Congestion { get; } = new(settings);

    /// <summary>The time of the input that is being dealt with.</summary>
    public Moment Moment { get; set; }

    public long Now => Moment.Now;
}
