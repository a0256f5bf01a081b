namespace TableRateLimiting.Load;

/// <summary>
/// Instants of the system's monotonic clock. It is one clock for all processes of a machine, so that what one of them notes
/// can be compared with what another does.
/// </summary>
internal static class Clock
{
    public static long Now => TimeProvider.System.GetTimestamp();

    public static long OneSecond => TimeProvider.System.TimestampFrequency;

    public static long Of(double seconds) => (long)(seconds * OneSecond);

    public static double Seconds(long duration) => (double)duration / OneSecond;

    /// <summary>Never too short: Task.Delay cuts to whole milliseconds.</summary>
    public static Task DelayAsync(double seconds, CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(0, seconds) * 1000)), TimeProvider.System, cancellationToken);
}
