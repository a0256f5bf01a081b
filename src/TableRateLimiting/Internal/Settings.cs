using System.Threading.RateLimiting;

namespace TableRateLimiting.Internal;

/// <summary>The options as the machinery uses them: checked, copied, every span in ticks of 100 ns.</summary>
internal sealed record Settings
{
    public required int PermitLimit { get; init; }

    /// <summary>Window and margin: the least distance of a grant from the one PermitLimit before it.</summary>
    public required long Period { get; init; }

    public required long LateTolerance { get; init; }

    /// <summary>How wrong this process's idea of the service's time may be at no cost; two processes use half of what the late callers leave of the margin.</summary>
    public required long ClockAllowance { get; init; }

    public required long MinLead { get; init; }

    public required long MaxLead { get; init; }

    public required long MaxWait { get; init; }

    public required int QueueLimit { get; init; }

    public required QueueProcessingOrder Order { get; init; }

    public required int FallbackPermits { get; init; }

    public required long FallbackAfter { get; init; }

    public required TimeSpan AttemptTimeout { get; init; }

    public static Settings From(TableRateLimiterOptions options)
    {
        options.Validate();
        var late = options.LateTolerance ?? options.Margin / 2;
        return new Settings
        {
            PermitLimit = options.PermitLimit,
            Period = (options.Window + options.Margin).Ticks,
            LateTolerance = late.Ticks,
            ClockAllowance = (options.Margin - late).Ticks / 4,
            MinLead = options.MinLead.Ticks,
            MaxLead = options.MaxLead.Ticks,
            MaxWait = options.MaxWait.Ticks,
            QueueLimit = options.QueueLimit,
            Order = options.QueueProcessingOrder,
            FallbackPermits = options.FallbackPermitsPerWindow,
            FallbackAfter = options.FallbackAfter.Ticks,
            AttemptTimeout = options.AttemptTimeout,
        };
    }
}
