using System.Threading.RateLimiting;

namespace TableRateLimiting.Internal;

/// <summary>The options as the machinery uses them: checked, copied, every span in ticks of 100 ns.</summary>
/// <remarks>What no user has a reason to set is a constant of <see cref="From"/>, and a seam for tests.</remarks>
internal sealed record Settings
{
    /// <summary>A caller that wakes later than this gets a new instant, whatever the margin.</summary>
    private const long MaxTolerance = 90 * TimeSpan.TicksPerMillisecond;

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
        return new Settings
        {
            PermitLimit = options.PermitLimit,
            Window = options.Window.Ticks,
            MinMargin = 15 * TimeSpan.TicksPerMillisecond,
            MaxMargin = options.ArrivalJitter.Ticks + MaxTolerance,
            ArrivalJitter = options.ArrivalJitter.Ticks,
            MinLead = 5 * TimeSpan.TicksPerMillisecond,
            MaxLead = TimeSpan.TicksPerSecond,
            MaxWait = options.MaxWait.Ticks,
            BackgroundMaxWait = Math.Max(options.MaxWait.Ticks / 2, TimeSpan.TicksPerSecond),
            BackgroundPermits = 0,
            BackgroundEvery = int.MaxValue,
            PauseCheckAfter = options.PauseCheckAfter?.Ticks,
            QueueLimit = options.QueueLimit,
            Order = options.QueueProcessingOrder,
            FallbackPermits = options.FallbackPermitsPerWindow,
            FallbackAfter = 2 * TimeSpan.TicksPerSecond,
            AttemptTimeout = TimeSpan.FromSeconds(1),
        }.WithBackgroundShare(1 / 7d);
    }

    /// <summary>The share of the permits that background callers get however many interactive ones there are, 0 to 1.</summary>
    public Settings WithBackgroundShare(double share) => this with
    {
        BackgroundPermits = share == 0 || PermitLimit == 1 ? 0 : Math.Clamp((int)Math.Round(PermitLimit * share), 1, PermitLimit - 1),
        BackgroundEvery = share == 0 ? int.MaxValue : (int)Math.Ceiling(1 / share),
    };
}
