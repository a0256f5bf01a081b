using Microsoft.Extensions.Logging;

namespace TableRateLimiting.Internal;

/// <summary>
/// Callers that are refused cause no swap, so that nothing would be learnt: while they are refused because of a pause, or while this
/// process lives on its own share, looks from time to time whether that still holds. Only callers trigger a look; an idle process asks nothing.
/// </summary>
internal sealed partial class StorageWatch(
    StorageClock clock, BookingDesk desk, GrantSwapper swapper, ILogger logger, Lock gate, Action<Func<Task>> background, CancellationToken ended)
{
    private const long LookAgainAfter = TimeSpan.TicksPerSecond;
    private const long FirstPause = TimeSpan.TicksPerSecond / 4;
    private const long LongestPause = 5 * TimeSpan.TicksPerSecond;

    private bool _looking;
    private long _nextLook;
    private long _pause;

    /// <summary>Looks, if it is time. The gate is held.</summary>
    /// <param name="looked">Called with the gate held after storage answered; tells whether it was away before, and the instant of its return.</param>
    public void LookIfStale(Action<bool, long> looked)
    {
        var now = clock.Elapsed;
        if (!_looking && now >= _nextLook && (desk.FallenBack || desk.PausedUntil > now))
        {
            _looking = true;
            background(() => LookAsync(looked));
        }
    }

    private async Task LookAsync(Action<bool, long> looked)
    {
        try
        {
            await swapper.RefreshAsync(ended);
            bool wasAway;
            lock (gate)
            {
                var now = clock.Elapsed;
                (_pause, _nextLook) = (0, now + LookAgainAfter);
                wasAway = desk.FallenBack;
                if (wasAway)
                {
                    desk.Recover(now);
                }

                looked(wasAway, now);
            }

            if (wasAway)
            {
                await desk.PublishAsync(ended);
            }
        }
        catch (Exception failure) when (!ended.IsCancellationRequested)
        {
            lock (gate)
            {
                _pause = Math.Clamp(_pause * 2, FirstPause, LongestPause);
                _nextLook = clock.Elapsed + _pause;
            }

            Log.StillAway(logger, failure);
        }
        catch (OperationCanceledException)
        {
            // The limiter is disposed: nobody waits for what a look would tell.
        }
        finally
        {
            lock (gate)
            {
                _looking = false;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(22, LogLevel.Debug, "Storage is still away.")]
        public static partial void StillAway(ILogger logger, Exception failure);
    }
}
