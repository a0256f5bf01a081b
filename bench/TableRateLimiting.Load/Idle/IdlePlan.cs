namespace TableRateLimiting.Load.Idle;

/// <summary>What is tried after a limiter was idle.</summary>
internal sealed record IdlePlan
{
    /// <summary>For how long it is idle, one after the other: within what it remembers, past what it takes for known of the clock, and long.</summary>
    public IReadOnlyList<double> IdleSeconds { get; init; } = [2, 70, 180];

    public double LatencyMilliseconds { get; init; } = 10;

    public double Spread { get; init; } = 0.5;

    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Table requests that one permit may cost after idleness.</summary>
    public static int MostRequests => 1;

    /// <summary>Seconds between the first and the last arrival of a burst of as many as the limit: at once, but for the threads of this machine.</summary>
    public static double MostSpread => 0.1;
}
