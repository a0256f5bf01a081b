using Microsoft.Extensions.Logging;

namespace TableRateLimiting.Internal;

/// <summary>Books until nobody waits without a slot: one swap at a time, each for all who wait when it begins.</summary>
internal sealed partial class BookingLoop(
    WaitingRoom room, StorageClock clock, BookingDesk desk, ILogger logger, Lock gate, Action<Func<Task>> background, CancellationToken ended)
{
    private bool _running;

    /// <summary>Starts booking unless it is under way. The gate is held.</summary>
    public void Wake()
    {
        if (!_running && !ended.IsCancellationRequested)
        {
            _running = true;
            background(RunAsync);
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (await BookAsync())
            {
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The limiter is disposed: everyone who waited has been told.
        }
        catch (Exception failure)
        {
            Log.BookingFailed(logger, failure);
            lock (gate)
            {
                _running = false;
            }
        }
    }

    private async Task<bool> BookAsync()
    {
        SharedBooking? shared = null;
        if (!desk.FallenBack)
        {
            try
            {
                shared = await desk.BookSharedAsync(Unmet, ended);
            }
            catch (StorageUnavailableException)
            {
                // The desk has fallen back and logged it; the booking below is from the own share.
            }
        }

        lock (gate)
        {
            if (shared is not null)
            {
                room.Keep(shared.Freezes == clock.Freezes ? shared.Appointments : []);
            }
            else if (desk.FallenBack)
            {
                room.Keep(desk.BookOwn(room.Unmet()));
            }

            _running = room.Unmet().Count > 0 && !ended.IsCancellationRequested;
            return _running;
        }
    }

    private List<Waiter> Unmet()
    {
        lock (gate)
        {
            return room.Unmet();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(21, LogLevel.Critical, "Booking failed; it begins again with the next caller, and those who wait are refused at their deadline.")]
        public static partial void BookingFailed(ILogger logger, Exception failure);
    }
}
