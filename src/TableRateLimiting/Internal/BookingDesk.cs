using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace TableRateLimiting.Internal;

/// <summary>
/// Finds instants for those who wait: in the shared record, or in this process's own share while storage is away. Also keeps the pause.
/// </summary>
internal sealed partial class BookingDesk(LimiterParts parts)
{
    private readonly FallbackShare _fallback = new(parts.Settings);
    private readonly SharedBooker _booker = new(parts);
    private readonly List<Grant> _returned = [];

    private ImmutableArray<Grant> _unreported = [];
    private long? _unwrittenPause;
    private (GrantRecord Record, GrantCalendar Calendar)? _seen;

    /// <summary>Whether this process lives on its own share.</summary>
    public bool FallenBack => _fallback.Active;

    /// <summary>The end of the pause as far as this process knows; long ago when there is none.</summary>
    public long PausedUntil => Math.Max(
        _unwrittenPause ?? long.MinValue,
        parts.Swapper.LastSeen is { PausedUntil: > 0 } seen && parts.Clock.Offset is { } offset ? seen.PausedUntil - offset : long.MinValue);

    /// <summary>Gives back permits that were not used and never will be; the next swap takes them out of the record. The gate is held.</summary>
    public void Return(Slot slot)
    {
        if (!_fallback.Active)
        {
            _returned.AddRange(Enumerable.Repeat(slot.Grant, slot.Permits));
        }
    }

    /// <summary>Books in the shared record for whoever waits when an attempt begins.</summary>
    /// <exception cref="StorageUnavailableException">Storage is away; this process lives on its own share from now on.</exception>
    public async Task<SharedBooking> BookSharedAsync(Func<List<Waiter>> unmet, CancellationToken cancellationToken)
    {
        var booking = await SwapAsync((record, doubtful) => Book(record, doubtful, unmet()), cancellationToken);
        Written(booking);
        return booking;
    }

    /// <summary>Books in this process's own share. The gate is held.</summary>
    public IReadOnlyList<Appointment> BookOwn(List<Waiter> waiters)
    {
        var shape = parts.Margin.Current(0, 0);
        var places = _fallback.Book(parts.Clock.Elapsed, PausedUntil, shape, [.. waiters.Select(waiter => waiter.Demand)]);
        return [.. waiters.Zip(places, (waiter, place) => new Appointment(waiter, place.Booked, place.Slot(shape, waiter.Permits, 0)))];
    }

    /// <summary>When the last demand would be met, after those ahead of it, and whether that is as soon as a swap allows. The gate is held.</summary>
    public (long Instant, bool AtOnce) Expect(IReadOnlyList<Demand> ahead, Demand demand)
    {
        var now = parts.Clock.Elapsed;
        if (_fallback.Active)
        {
            var own = _fallback.Plan(now, PausedUntil, parts.Margin.Current(0, 0), [.. ahead, demand])[^1].Instant;
            return (own, own <= now);
        }

        var paused = PausedUntil;
        var earliest = Math.Max(now + parts.Lead.Current, paused);
        if (parts.Swapper.LastSeen is not { } seen || parts.Clock.Reading is not { Offset: var offset, Uncertainty: var uncertainty })
        {
            return (earliest, paused <= now && ahead.Sum(other => other.Permits) + demand.Permits <= parts.Settings.PermitLimit);
        }

        var shape = parts.Margin.Current(uncertainty, parts.Congestion.Backlog);
        var terms = new BookingTerms(now + offset, earliest + offset, shape, SharedBooker.Near(earliest + offset, parts.Settings), parts.Congestion.Spacing(now, shape));
        var instant = First(seen, terms, ahead, demand with { NotBefore = SharedBooker.ToService(demand.NotBefore, offset) }) - offset;
        return (instant, instant <= earliest && paused <= now);
    }

    /// <summary>Permits that this process knows to be free. The gate is held.</summary>
    public int Free()
    {
        var now = parts.Clock.Elapsed;
        if (_fallback.Active)
        {
            return _fallback.Free(now, PausedUntil);
        }

        return PausedUntil > now ? 0
            : parts.Swapper.LastSeen is { } seen && parts.Clock.Offset is { } offset ? Seen(seen, now + offset).Free(now + offset)
            : parts.Settings.PermitLimit;
    }

    /// <summary>Pauses this process at once.</summary>
    public void Hold(long until)
    {
        lock (parts.Gate)
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
            Written(await SwapAsync((record, doubtful) => Book(record, doubtful, []), cancellationToken));
        }
        catch (StorageUnavailableException away)
        {
            Log.NotPublished(parts.Logger, away);
        }
    }

    /// <summary>Ends the pause here and in the record.</summary>
    /// <exception cref="StorageUnavailableException">Storage is away: the record still says paused.</exception>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        lock (parts.Gate)
        {
            _unwrittenPause = null;
        }

        await SwapAsync((record, _) => (record.PausedUntil == 0 ? null : record with { PausedUntil = 0 }, true), cancellationToken);
    }

    /// <summary>Storage is back. The gate is held.</summary>
    public void Recover(long now)
    {
        if (_fallback.Active)
        {
            _unreported = _fallback.Leave(now);
            parts.Metrics.Fallback(active: false);
            Log.Recovered(parts.Logger);
        }
    }

    private long First(GrantRecord seen, in BookingTerms terms, IReadOnlyList<Demand> ahead, Demand demand)
    {
        if (ahead.Count == 0)
        {
            return Seen(seen, terms.Now).First(terms, demand);
        }

        var calendar = new GrantCalendar(parts.Settings, seen, terms.Now);
        calendar.Book(terms, [.. ahead.Select(other => other with { Deadline = long.MaxValue, NotBefore = long.MinValue })]);
        return calendar.Book(terms, [demand with { Deadline = long.MaxValue }])[0].Instant;
    }

    private GrantCalendar Seen(GrantRecord record, long now)
    {
        if (_seen is not { } seen || !ReferenceEquals(seen.Record, record))
        {
            _seen = seen = (record, new GrantCalendar(parts.Settings, record, now));
        }

        return seen.Calendar;
    }

    private (GrantRecord? Next, SharedBooking Booking) Book(GrantRecord record, bool doubtful, List<Waiter> waiters)
    {
        lock (parts.Gate)
        {
            if (doubtful)
            {
                // An earlier attempt may have taken them out already, and an equal grant may be another process's by now.
                _returned.Clear();
            }

            return _booker.Book(record, waiters, _unreported, [.. _returned], _unwrittenPause);
        }
    }

    private void Written(SharedBooking booking)
    {
        lock (parts.Gate)
        {
            foreach (var returned in booking.Returned)
            {
                _returned.Remove(returned);
            }

            _unreported = _unreported == booking.Reported ? [] : _unreported;
            _unwrittenPause = _unwrittenPause == booking.Pause ? null : _unwrittenPause;
            if (booking.Appointments.Count > 0)
            {
                parts.Congestion.Booked(parts.Clock.Elapsed, booking.Full, booking.Wait, booking.Appointments.Max(one => one.Slot.Instant));
            }
        }
    }

    private async Task<T> SwapAsync<T>(Func<GrantRecord, bool, (GrantRecord? Next, T Result)> change, CancellationToken cancellationToken)
    {
        try
        {
            return await parts.Swapper.SwapAsync(change, cancellationToken);
        }
        catch (StorageUnavailableException away)
        {
            lock (parts.Gate)
            {
                if (!_fallback.Active)
                {
                    _returned.Clear();
                    _fallback.Enter(away.Since);
                    parts.Metrics.Fallback(active: true);
                    Log.FellBack(parts.Logger, parts.Settings.FallbackPermits, away);
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
