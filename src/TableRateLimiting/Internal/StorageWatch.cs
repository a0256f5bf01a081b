using Microsoft.Extensions.Logging;

namespace TableRateLimiting.Internal;

/// <summary>
/// Callers that are refused cause no swap, so that nothing would be learnt: while they are refused because of a pause, or while this
/// process lives on its own share, looks from time to time whether that still holds. Only callers trigger a look; an idle process asks nothing.
/// </summary>
/// <param name="parts">What the limiter's parts share.</param>
/// <param name="desk">Knows of the pause, and whether storage was away.</param>
/// <param name="looked">Called with the gate held after storage answered; tells whether it was away before, and the instant of its return.</param>
/// <param name="ended">The end of the limiter.</param>
internal sealed partial class StorageWatch(LimiterParts parts, BookingDesk desk, Action<bool, long> looked, CancellationToken ended)
{
    private const long LookAgainAfter = TimeSpan.TicksPerSecond;
    private const long FirstPause = TimeSpan.TicksPerSecond / 4;
    private const long LongestPause = 5 * TimeSpan.TicksPerSecond;

    private bool _looking;
    private long _nextLook;
    private long _pause;

    /// <summary>Looks, if it is time. The gate is held.</summary>
    public void LookIfStale()
    {
        var now = parts.Clock.Elapsed;
        if (!_looking && now >= _nextLook && (desk.FallenBack || desk.PausedUntil > now))
        {
            _looking = true;
            parts.Background(LookAsync);
        }
    }

    /// <summary>Looks whether there is a pause now. The gate is held.</summary>
    public void CheckPause()
    {
        if (!_looking)
        {
            _looking = true;
            parts.Background(CheckAsync);
        }
    }

    private async Task CheckAsync()
    {
        try
        {
            await parts.Swapper.LookAsync(ended);
            lock (parts.Gate)
            {
                looked(false, parts.Clock.Elapsed);
            }
        }
        catch (Exception failure) when (!ended.IsCancellationRequested)
        {
            // The next swap meets the same trouble, and deals with it.
            Log.NotChecked(parts.Logger, failure);
        }
        catch (OperationCanceledException)
        {
            // The limiter is disposed: nobody waits for what a look would tell.
        }
        finally
        {
            lock (parts.Gate)
            {
                _looking = false;
            }
        }
    }

    private async Task LookAsync()
    {
        try
        {
            await parts.Swapper.RefreshAsync(ended);
            bool wasAway;
            lock (parts.Gate)
            {
                var now = parts.Clock.Elapsed;
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
            lock (parts.Gate)
            {
                _pause = Math.Clamp(_pause * 2, FirstPause, LongestPause);
                _nextLook = parts.Clock.Elapsed + _pause;
            }

            Log.StillAway(parts.Logger, failure);
        }
        catch (OperationCanceledException)
        {
            // The limiter is disposed: nobody waits for what a look would tell.
        }
        finally
        {
            lock (parts.Gate)
            {
                _looking = false;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(22, LogLevel.Debug, "Storage is still away.")]
        public static partial void StillAway(ILogger logger, Exception failure);

        [LoggerMessage(23, LogLevel.Warning, "Whether there is a pause could not be checked.")]
        public static partial void NotChecked(ILogger logger, Exception failure);
    }
}
