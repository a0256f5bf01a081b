using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace TableRateLimiting.Internal;

/// <summary>A waiter and the place found for it, on the scale of <see cref="StorageClock.Elapsed"/>.</summary>
internal readonly record struct Appointment(Waiter Waiter, Place Place);

/// <summary>What one swap booked, and what else it brought into the record.</summary>
/// <param name="Appointments">Who waits, and the place of each.</param>
/// <param name="Freezes"><see cref="StorageClock.Freezes"/> when it was booked: after another freeze the instants mean nothing.</param>
/// <param name="Reported">Grants given while storage was away.</param>
/// <param name="Pause">A pause that was not written yet.</param>
internal sealed record SharedBooking(IReadOnlyList<Appointment> Appointments, int Freezes, ImmutableArray<long> Reported, long? Pause);

/// <summary>
/// Finds instants for those who wait: in the shared record, or in this process's own share while storage is away. Also keeps the pause.
/// </summary>
internal sealed partial class BookingDesk(
    Settings settings, StorageClock clock, LeadEstimator lead, GrantSwapper swapper, LimiterMetrics metrics, ILogger logger, Lock gate)
{
    private readonly SlidingLog _log = new(settings.PermitLimit, settings.Period);
    private readonly FallbackShare _fallback = new(settings);

    private ImmutableArray<long> _unreported = [];
    private long? _unwrittenPause;

    /// <summary>Whether this process lives on its own share.</summary>
    public bool FallenBack => _fallback.Active;

    /// <summary>The end of the pause as far as this process knows; long ago when there is none.</summary>
    public long PausedUntil => Math.Max(
        _unwrittenPause ?? long.MinValue,
        swapper.LastSeen is { PausedUntil: > 0 } seen && clock.Offset is { } offset ? seen.PausedUntil - offset : long.MinValue);

    /// <summary>Books in the shared record for whoever waits when an attempt begins.</summary>
    /// <exception cref="StorageUnavailableException">Storage is away; this process lives on its own share from now on.</exception>
    public async Task<SharedBooking> BookSharedAsync(Func<List<Waiter>> unmet, CancellationToken cancellationToken)
    {
        var booking = await SwapAsync(record => Book(record, unmet()), cancellationToken);
        Written(booking);
        return booking;
    }

    /// <summary>Books in this process's own share. The gate is held.</summary>
    public IReadOnlyList<Appointment> BookOwn(List<Waiter> waiters)
    {
        var places = _fallback.Book(clock.Elapsed, PausedUntil, [.. waiters.Select(waiter => waiter.Demand)]);
        return [.. waiters.Zip(places, (waiter, place) => new Appointment(waiter, place))];
    }

    /// <summary>When the last of the demands would be met, and whether that is as soon as a swap allows. The gate is held.</summary>
    public (long Instant, bool AtOnce) Expect(IReadOnlyList<Demand> demands)
    {
        var now = clock.Elapsed;
        if (_fallback.Active)
        {
            var own = _fallback.Plan(now, PausedUntil, demands).Places[^1].Instant;
            return (own, own <= now);
        }

        var paused = PausedUntil > now;
        var earliest = Math.Max(now + lead.Current, PausedUntil);
        if (swapper.LastSeen is { } seen && clock.Offset is { } offset)
        {
            var places = _log.Book(seen.Grants, earliest + offset, 0, [.. demands.Select(demand => demand with { Deadline = long.MaxValue })]).Places;
            var free = _log.Free(seen.Grants, earliest + offset) >= demands.Sum(demand => Math.Max(demand.Permits, 1));
            return (places[^1].Instant - offset, free && !paused);
        }

        return (earliest, !paused && demands.Sum(demand => demand.Permits) <= settings.PermitLimit);
    }

    /// <summary>Permits that this process knows to be free. The gate is held.</summary>
    public int Free()
    {
        var now = clock.Elapsed;
        if (_fallback.Active)
        {
            return _fallback.Free(now, PausedUntil);
        }

        return PausedUntil > now ? 0
            : swapper.LastSeen is { } seen && clock.Offset is { } offset ? _log.Free(seen.Grants, now + offset)
            : settings.PermitLimit;
    }

    /// <summary>Pauses this process at once.</summary>
    public void Hold(long until)
    {
        lock (gate)
        {
            _unwrittenPause = Math.Max(until, _unwrittenPause ?? long.MinValue);
        }
    }

    /// <summary>
    /// Writes what the others have to see: a pause, and what was granted without them. If storage is away it is written when it is back.
    /// </summary>
    public async Task PublishAsync(CancellationToken cancellationToken)
    {
        try
        {
            Written(await SwapAsync(record => Book(record, []), cancellationToken));
        }
        catch (StorageUnavailableException away)
        {
            Log.NotPublished(logger, away);
        }
    }

    /// <summary>Ends the pause here and in the record.</summary>
    /// <exception cref="StorageUnavailableException">Storage is away: the record still says paused.</exception>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            _unwrittenPause = null;
        }

        await SwapAsync(record => (record.PausedUntil == 0 ? null : record with { PausedUntil = 0 }, true), cancellationToken);
    }

    /// <summary>Storage is back. The gate is held.</summary>
    public void Recover(long now)
    {
        if (_fallback.Active)
        {
            _unreported = _fallback.Leave(now);
            metrics.Fallback(active: false);
            Log.Recovered(logger);
        }
    }

    private (GrantRecord? Next, SharedBooking Booking) Book(GrantRecord record, List<Waiter> waiters)
    {
        lock (gate)
        {
            return BookLocked(record, waiters);
        }
    }

    private (GrantRecord? Next, SharedBooking Booking) BookLocked(GrantRecord record, List<Waiter> waiters)
    {
        var freezes = clock.Freezes;
        var offset = clock.Offset ?? throw new InvalidOperationException("The service's time was lost; it is asked for again.");
        var uncertainty = Math.Max(0, (clock.Uncertainty ?? 0) - settings.ClockAllowance);
        var (unreported, pause) = (_unreported, _unwrittenPause);
        var pausedUntil = Math.Max(record.PausedUntil, pause + offset ?? 0);
        var booking = _log.Book(
            SlidingLog.Merge(record.Grants, unreported.Select(instant => instant + offset + uncertainty)),
            Math.Max(clock.Elapsed + offset + lead.Current, pausedUntil),
            uncertainty,
            [.. waiters.Select(waiter => waiter.Demand with { Deadline = waiter.Deadline + offset })]);
        var changed = booking.AnyBooked || unreported.Length > 0 || pausedUntil != record.PausedUntil;
        var appointments = waiters.Zip(booking.Places, (waiter, place) => new Appointment(waiter, place with { Instant = place.Instant - offset }));
        return (
            changed ? record with { Grants = booking.Grants, PausedUntil = pausedUntil } : null,
            new SharedBooking([.. appointments], freezes, unreported, pause));
    }

    private void Written(SharedBooking booking)
    {
        lock (gate)
        {
            _unreported = _unreported == booking.Reported ? [] : _unreported;
            _unwrittenPause = _unwrittenPause == booking.Pause ? null : _unwrittenPause;
        }
    }

    private async Task<T> SwapAsync<T>(Func<GrantRecord, (GrantRecord? Next, T Result)> change, CancellationToken cancellationToken)
    {
        try
        {
            return await swapper.SwapAsync(change, cancellationToken);
        }
        catch (StorageUnavailableException away)
        {
            lock (gate)
            {
                if (!_fallback.Active)
                {
                    _fallback.Enter(away.Since);
                    metrics.Fallback(active: true);
                    Log.FellBack(logger, settings.FallbackPermits, away);
                }
            }

            throw;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(10, LogLevel.Error, "Storage is away: this process grants {Permits} permit(s) a window by itself until it is back.")]
        public static partial void FellBack(ILogger logger, int permits, Exception away);

        [LoggerMessage(11, LogLevel.Information, "Storage is back: permits are shared again.")]
        public static partial void Recovered(ILogger logger);

        [LoggerMessage(12, LogLevel.Warning, "A pause, or what was granted meanwhile, is not written: storage is away. It holds in this process, and the next swap writes it.")]
        public static partial void NotPublished(ILogger logger, Exception away);
    }
}
