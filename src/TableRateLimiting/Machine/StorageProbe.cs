using Microsoft.Extensions.Logging;

namespace TableRateLimiting.Machine;

/// <summary>
/// When to look at the record although no swap is due. Callers that are refused cause no swap, so nothing would be learnt: while they are refused
/// because of a pause, or while this process lives on its own share. And before slots booked long ago are used, where the options ask for it.
/// Only callers trigger a look; an idle process asks nothing.
/// </summary>
internal sealed partial class StorageProbe(LimiterContext context, PermitQueue queue, WaitEstimator estimator, SwapProtocol protocol, FallbackShare fallback)
{
    private const long LookAgainAfter = TimeSpan.TicksPerSecond;
    private const long MinPause = TimeSpan.TicksPerSecond / 4;
    private const long MaxPause = 5 * TimeSpan.TicksPerSecond;

    private long _nextLook;
    private long _pause;
    private long _checkedAt = long.MinValue;

    /// <summary>Whether to look because callers are refused.</summary>
    public bool Stale => context.Now >= _nextLook && (fallback.Active || estimator.PausedUntil > context.Now);

    /// <summary>When to look for a pause, shortly before a slot that was booked long ago; null: no need to.</summary>
    public long? PauseCheckAt => context.Settings.PauseCheckAfter is { } age
        && !fallback.Active
        && queue.NextSlot(context.Now) is { } slot
        && Math.Max(protocol.SeenAt, _checkedAt) < slot - age
            ? slot - (2 * context.Lead.Current)
            : null;

    /// <summary>Looking for a pause begins.</summary>
    public void Checking() => _checkedAt = context.Now;

    /// <summary>Storage answered.</summary>
    public void Looked() => (_pause, _nextLook) = (0, context.Now + LookAgainAfter);

    /// <summary>Storage did not answer.</summary>
    public void Failed(Exception failure)
    {
        if (!fallback.Active)
        {
            // The next swap meets the same trouble, and deals with it.
            Log.NotChecked(context.Logger, failure);
            return;
        }

        _pause = Math.Clamp(_pause * 2, MinPause, MaxPause);
        _nextLook = context.Now + _pause;
        Log.StillAway(context.Logger, failure);
    }

    private static partial class Log
    {
        [LoggerMessage(22, LogLevel.Debug, "Storage is still away.")]
        public static partial void StillAway(ILogger logger, Exception failure);

        [LoggerMessage(23, LogLevel.Warning, "Whether there is a pause could not be checked.")]
        public static partial void NotChecked(ILogger logger, Exception failure);
    }
}
