using Microsoft.Extensions.Logging;

namespace TableRateLimiting.Internal;

/// <summary>One booking at a time, for all who wait when it begins.</summary>
internal sealed partial class BookingLoop(WaitingRoom room, LimiterParts parts, BookingDesk desk, CancellationToken ended)
{
    /// <summary>Whether a booking is under way. The gate is held.</summary>
    public bool Running { get; private set; }

    /// <summary>Books, unless it is being done. The gate is held.</summary>
    public void Wake()
    {
        if (!Running && !ended.IsCancellationRequested)
        {
            Running = true;
            parts.Background(RunAsync);
        }
    }

    private async Task RunAsync()
    {
        try
        {
            await BookAsync();
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The limiter is disposed: everyone who waited has been told.
        }
        catch (Exception failure)
        {
            Log.BookingFailed(parts.Logger, failure);
            lock (parts.Gate)
            {
                Running = false;
            }
        }
    }

    private async Task BookAsync()
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

        lock (parts.Gate)
        {
            Running = false;
            if (shared is null)
            {
                room.Keep(desk.FallenBack ? desk.BookOwn(room.Unmet()) : [], []);
            }
            else if (shared.Freezes == parts.Clock.Freezes)
            {
                room.Keep(shared.Appointments, shared.Spares);
            }
            else
            {
                room.Keep([], []);
            }
        }
    }

    private List<Waiter> Unmet()
    {
        lock (parts.Gate)
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
