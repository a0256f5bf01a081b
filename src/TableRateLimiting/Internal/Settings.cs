using System.Threading.RateLimiting;

namespace TableRateLimiting.Internal;

/// <summary>The options as the machinery uses them: checked, copied, every span in ticks of 100 ns.</summary>
internal sealed record Settings
{
    public required int PermitLimit { get; init; }

    public required long Window { get; init; }

    public required long MinMargin { get; init; }

    public required long MaxMargin { get; init; }

    public required long ArrivalJitter { get; init; }

    /// <summary>The greatest distance of a grant from the one PermitLimit before it, what is not known of the time left aside.</summary>
    public long LongestPeriod => Window + MaxMargin;

    /// <summary>The least such distance.</summary>
    public long ShortestPeriod => Window + MinMargin;

    /// <summary>Above this, what is not known of the time would cost more capacity than the trip that asks for it.</summary>
    public long ClockTolerance => Window / 4;

    public required long MinLead { get; init; }

    public required long MaxLead { get; init; }

    public required long MaxWait { get; init; }

    public required long BackgroundMaxWait { get; init; }

    /// <summary>Permits of each window that interactive callers leave to background ones, where both are in use.</summary>
    public required int BackgroundPermits { get; init; }

    /// <summary>Of so many permits of this process one is a background caller's; int.MaxValue: none is.</summary>
    public required int BackgroundEvery { get; init; }

    public required long? PauseCheckAfter { get; init; }

    public required int QueueLimit { get; init; }

    public required QueueProcessingOrder Order { get; init; }

    public required int FallbackPermits { get; init; }

    public required long FallbackAfter { get; init; }

    public required TimeSpan AttemptTimeout { get; init; }

    public static Settings From(TableRateLimiterOptions options)
    {
        options.Validate();
        var share = options.BackgroundShare;
        return new Settings
        {
            PermitLimit = options.PermitLimit,
            Window = options.Window.Ticks,
            MinMargin = options.MinMargin.Ticks,
            MaxMargin = options.MaxMargin.Ticks,
            ArrivalJitter = options.ArrivalJitter.Ticks,
            MinLead = options.MinLead.Ticks,
            MaxLead = options.MaxLead.Ticks,
            MaxWait = options.MaxWait.Ticks,
            BackgroundMaxWait = (options.BackgroundMaxWait ?? TimeSpan.FromTicks(Math.Max(options.MaxWait.Ticks / 2, options.MaxLead.Ticks))).Ticks,
            BackgroundPermits = share == 0 ? 0 : Math.Clamp((int)Math.Round(options.PermitLimit * share), 1, Math.Max(1, options.PermitLimit - 1)) * Math.Sign(options.PermitLimit - 1),
            BackgroundEvery = share == 0 ? int.MaxValue : (int)Math.Ceiling(1 / share),
            PauseCheckAfter = options.PauseCheckAfter?.Ticks,
            QueueLimit = options.QueueLimit,
            Order = options.QueueProcessingOrder,
            FallbackPermits = options.FallbackPermitsPerWindow,
            FallbackAfter = options.FallbackAfter.Ticks,
            AttemptTimeout = options.AttemptTimeout,
        };
    }
}
