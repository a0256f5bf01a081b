using TableRateLimiting.Grants;

namespace TableRateLimiting.Machine;

/// <summary>What every input ends with: hand out what is due, turn away who waited too long, begin what is to be done at storage, set the timer.</summary>
internal sealed partial class LimiterMachine
{
    private void Advance()
    {
        if (_ended)
        {
            return;
        }

        DropVoid();
        Serve();
        while (ReserveOwn())
        {
            Serve();
        }

        _surplus |= _reclaimer.ReturnSurplus();
        if (!Busy)
        {
            Begin();
        }
        else if (_protocol.ResumeAt <= _context.Now)
        {
            Follow(_protocol.Resume());
        }

        if (NextTick() is { } next)
        {
            _effects.Add(new Effect.SetTimer(next));
        }
    }

    /// <summary>Slots from before a freeze mean nothing, and a permit used late would stand too close to the next ones.</summary>
    private void DropVoid()
    {
        if (_freezes != _context.Moment.Freezes)
        {
            _freezes = _context.Moment.Freezes;
            _reclaimer.Drop(static _ => true);
            Log.Frozen(_context.Logger);
        }

        foreach (var late in _reclaimer.Drop(slot => slot.UsableUntil < _context.Now))
        {
            if (_queue.WaitingSince is { } since && since <= late.UsableUntil)
            {
                // Somebody could have had it, and the timer woke this process too late.
                _context.Margin.Woke(_context.Now - Math.Max(late.Instant, since));
            }
        }
    }

    private void Serve()
    {
        foreach (var (request, slot) in _queue.Serve(_context.Now))
        {
            _effects.Add(new Effect.Decide(request, PermitOutcome.Grant(slot, _freezes)));
            _scheduler.Served();
        }

        foreach (var late in _queue.TakeExpired(_context.Now))
        {
            Refuse(late, _estimator.Expect([], late.Demand).Instant);
        }
    }

    /// <summary>Begins what is due at storage.</summary>
    private void Begin()
    {
        if (_probe.PauseCheckAt <= _context.Now)
        {
            _probe.Checking();
            Look(probe: false);
        }
        else if (!_fallback.Active && (_surplus || _changes.Urgent || SwapAt() <= _context.Now))
        {
            _surplus = false;
            _starting = true;
            _effects.Add(new Effect.StartSwap());
        }
    }

    private long? SwapAt()
    {
        var unmet = _queue.Unmet(_context.Now);
        if (unmet.Count > 0)
        {
            return _scheduler.At(unmet);
        }

        _scheduler.Clear();
        return null;
    }

    private long? NextTick()
    {
        var next = Earlier(_queue.NextEvent(_context.Now), _protocol.ResumeAt);
        return Busy || _fallback.Active ? next : Earlier(Earlier(next, _probe.PauseCheckAt), SwapAt());
    }

    private static long? Earlier(long? one, long? other) => one is null || other < one ? other ?? one : one;

    private void LookIfStale()
    {
        if (_probe.Stale && !Busy && !_ended)
        {
            Look(probe: true);
        }
    }

    private void Look(bool probe) => Follow(_protocol.Look(probe));

    /// <summary>A step of the swap protocol, and what everything else makes of it.</summary>
    private void Go(SwapStep step)
    {
        Follow(step);
        Advance();
    }

    private void Follow(SwapStep step)
    {
        switch (step)
        {
            case SwapStep.Ask ask:
                _effects.Add(new Effect.Ask(ask.Operation));
                break;
            case SwapStep.Done done:
                Keep(done.Plan);
                break;
            case SwapStep.Away away:
                FallBack(away);
                break;
            case SwapStep.Looked:
                Recover();
                _probe.Looked();
                _reclaimer.DropPaused();
                break;
            case SwapStep.LookFailed failed:
                _probe.Failed(failed.Cause);
                Abandon(failed.Cause);
                break;
        }
    }

    /// <summary>Takes in what was booked, after what a pause takes away, and turns away those for whom it is too late.</summary>
    private void Keep(SwapPlan plan)
    {
        _changes.Written(plan.Changes);
        foreach (var request in plan.Changes.Requests)
        {
            _effects.Add(new Effect.Complete(request, null));
        }

        if (plan.Reservations.Count > 0)
        {
            _context.Congestion.Booked(_context.Now, plan.Full, plan.Wait, plan.Reservations.Max(one => one.Slot.Instant));
            _context.Congestion.Found(_queue.Callers);
        }

        _reclaimer.DropPaused();
        if (plan.Freezes != _context.Moment.Freezes)
        {
            return;
        }

        Assign(plan.Reservations);
        foreach (var spare in plan.Spares)
        {
            _queue.Book(spare);
        }

        _scheduler.Clear();
    }

    private void Assign(IReadOnlyList<Reservation> reservations)
    {
        foreach (var (request, booked, planned) in reservations)
        {
            // What it was too early for is not lateness of the caller's.
            var slot = planned with { Instant = Math.Max(planned.Instant, booked ? _context.Now : planned.Instant) };
            if (!booked)
            {
                if (_queue.Remove(request))
                {
                    Refuse(request, slot.Instant);
                }
            }
            else if (request.Ahead && _queue.Remove(request))
            {
                _effects.Add(new Effect.Decide(request, PermitOutcome.Grant(slot, _context.Moment.Freezes)));
            }
            else
            {
                _queue.Book(slot);
            }
        }
    }

    /// <summary>Books in this process's own share while storage is away.</summary>
    /// <returns>Whether there was anybody to book for.</returns>
    private bool ReserveOwn()
    {
        if (!_fallback.Active || _queue.Unmet(_context.Now) is not { Count: > 0 } unmet)
        {
            return false;
        }

        var shape = _context.Margin.Current(0, 0);
        var places = _fallback.Book(_context.Now, _estimator.PausedUntil, shape, [.. unmet.Select(request => request.Demand)]);
        Assign([.. unmet.Zip(places, (request, place) => new Reservation(request, place.Booked, Slot.Of(place, shape.Tolerance, request.Permits, 0)))]);
        LookIfStale();
        return true;
    }

    private void FallBack(SwapStep.Away away)
    {
        _fallback.Enter(away.Since);
        _context.Metrics.Fallback(active: true);
        Log.FellBack(_context.Logger, _context.Settings.FallbackPermits, away.Cause);
        Abandon(away.Cause);
    }

    private void Abandon(Exception cause)
    {
        if (!_fallback.Active)
        {
            return;
        }

        foreach (var request in _changes.Abandon())
        {
            Log.NotPublished(_context.Logger, cause);
            _effects.Add(new Effect.Complete(request, cause));
        }
    }

    /// <summary>Storage is back: coming permits of the own share are dropped, and those already given are written before anything new is booked.</summary>
    private void Recover()
    {
        if (!_fallback.Active)
        {
            return;
        }

        _reclaimer.Drop(slot => slot.Instant > _context.Now);
        _changes.Report(_fallback.Leave(_context.Now));
        _context.Metrics.Fallback(active: false);
        Log.Recovered(_context.Logger);
    }
}
