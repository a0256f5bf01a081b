using TableRateLimiting.Load.Results;

namespace TableRateLimiting.Load.Running;

/// <summary>A load run.</summary>
internal sealed record LoadPlan
{
    public const double DefaultSeconds = 60;
    public const double DefaultWarmUpSeconds = 2;

    public required int Processes { get; init; }

    /// <summary>Concurrent callers in each process.</summary>
    public int Callers { get; init; } = 4;

    /// <summary>What the proxy adds to each table request in the mean, half on the way there and half on the way back.</summary>
    public double LatencyMilliseconds { get; init; }

    /// <summary>How far each half may be off its mean, evenly spread: 0.5 is ± 50 %.</summary>
    public double Spread { get; init; } = 0.5;

    /// <summary>The time over which the rate is taken, after <see cref="WarmUpSeconds"/>. Trips and the busiest window count from the first second on.</summary>
    public double Seconds { get; init; } = DefaultSeconds;

    public double WarmUpSeconds { get; init; } = DefaultWarmUpSeconds;

    /// <summary>By how much the limiters' wall clocks are wrong: every other process ahead, the rest behind.</summary>
    public double SkewSeconds { get; init; }

    /// <summary>A random process is killed this often; 0 for never.</summary>
    public double KillEverySeconds { get; init; }

    /// <summary>Limiter options as <c>Name=Value</c>, the same in every process.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    public Targets Targets { get; init; } = new();

    /// <summary>The arrivals are written to this file, if any, as lines of seconds, process, seconds waited, seconds travelled.</summary>
    public string? ArrivalsFile { get; init; }
}
